using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Antimony;

/// <summary>A statement and the module instance in which it stands.</summary>
internal readonly record struct PlacedStatement(string Prefix, int Depth, StatementSyntax Statement);

/// <summary>Writes out the instances of modules: every statement with its prefix, every name as a symbol, synchronised names joined.</summary>
internal sealed class Instantiator(ModuleLibrary library, Reporter reporter)
{
    private const int MostStatements = 2_000_000;

    private readonly List<string> _stack = [];
    private readonly List<(Symbol Symbol, NameSyntax Name)> _outside = [];

    public List<PlacedStatement> Statements { get; private set; } = [];

    /// <summary>Factors between the time and the extent of reactions of instances and those of the main module, by prefix.</summary>
    public Dictionary<string, ModuleConversion> Conversions { get; } = new(StringComparer.Ordinal) { [""] = ModuleConversion.None };

    public Dictionary<string, Symbol> Symbols { get; } = new(StringComparer.Ordinal);

    public void Run(ModuleSyntax main)
    {
        Instantiate(main, "", 0);
        if (Statements.Count > MostStatements) reporter.Error(ErrorCodes.TooComplex, main.Where, $"the instances of modules make more than {MostStatements} statements", "", "fewer instances inside instances");
        Statements = new Deletions(this, reporter).Apply();
        foreach (var (symbol, name) in _outside)
        {
            if (symbol.IsMember || symbol.Deleted is not null) continue;
            var dot = symbol.Path.LastIndexOf('.');
            var siblings = Symbols.Values.Where(s => s.IsMember && s.Path.LastIndexOf('.') == dot && string.CompareOrdinal(s.Path, 0, symbol.Path, 0, dot) == 0);
            var isInstance = Symbols.TryGetValue(symbol.Path[..dot], out var owner) && owner.IsInstance;
            reporter.Error(ErrorCodes.UnknownMember, name.Where, isInstance ? $"'{symbol.Path[..dot]}' has no '{symbol.Path[(dot + 1)..]}'" : $"'{symbol.Path[..dot]}' is not an instance of a module",
                "", Spelling.Hint(symbol.Path, siblings.Select(s => s.Path), "a member that its module mentions"));
        }
    }

    /// <summary>The symbol that a name means in the instance with this prefix.</summary>
    public Symbol Resolve(string prefix, NameSyntax name)
    {
        var path = prefix + name.Path;
        var isNew = !Symbols.TryGetValue(path, out var symbol);
        symbol ??= Symbols[path] = new Symbol(path, Symbols.Count, name.Where);
        if (!name.Path.Contains('.', StringComparison.Ordinal)) symbol.IsMember = true;
        else if (isNew) _outside.Add((symbol, name));
        return symbol;
    }

    private void Instantiate(ModuleSyntax module, string prefix, int depth)
    {
        _stack.Add(module.Name);
        foreach (var export in module.Exports) Resolve(prefix, export);
        foreach (var written in module.Statements)
        {
            if (Statements.Count > MostStatements) break;
            // "A.mean = 3" sets a member if A is an instance.
            var statement = written is UncertaintySyntax { Member: { } member } setting && IsInstance(module, setting.Name.Path) ? member : written;
            Statements.Add(new PlacedStatement(prefix, depth, statement));
            foreach (var name in Names(statement)) Resolve(prefix, name);
            if (statement is InstanceSyntax instance) Instantiate(instance, prefix, depth);
        }
        foreach (var statement in module.Statements)
        {
            if (statement is SynchronizeSyntax sync)
                Resolve(prefix, sync.Name).Synchronize(Resolve(prefix, sync.Other), sync.Factor is null ? null : new ConversionFactor(sync.Factor, prefix));
        }
        _stack.RemoveAt(_stack.Count - 1);
    }

    private void Instantiate(InstanceSyntax instance, string prefix, int depth)
    {
        var owner = Resolve(prefix, instance.Name);
        if (owner.IsInstance) reporter.Error(ErrorCodes.Duplicate, instance.Where, $"instance '{instance.Name.Path}' is defined twice", "", "another name");
        owner.IsInstance = true;
        if (!library.Modules.TryGetValue(instance.Module.Path, out var module))
        {
            reporter.Error(ErrorCodes.UnknownModule, instance.Module.Where, $"module '{instance.Module.Path}' is not defined", "", Spelling.Hint(instance.Module.Path, library.Modules.Keys, "importing its file"));
            return;
        }
        if (_stack.Contains(module.Name))
        {
            reporter.Error(ErrorCodes.CyclicModules, instance.Where, $"module '{module.Name}' contains itself", string.Join(" > ", _stack) + " > " + module.Name);
            return;
        }
        if (instance.Arguments.Count > module.Exports.Count)
        {
            reporter.Error(ErrorCodes.WrongArguments, instance.Where, $"module '{module.Name}' has {module.Exports.Count} arguments, {instance.Arguments.Count} given", "", $"{instance.Name.Path}: {module.Name}({string.Join(", ", module.Exports.Select(e => e.Path))})");
        }
        var inner = prefix + instance.Name.Path + ".";
        Conversions[inner] = Conversions[prefix].Inside(instance, prefix);
        Instantiate(module, inner, depth + 1);
        for (var i = 0; i < Math.Min(instance.Arguments.Count, module.Exports.Count); i++)
        {
            var argument = instance.Arguments[i];
            var export = module.Exports[i];
            if (argument.Name is { } name) Resolve(inner, export).Synchronize(Resolve(prefix, name));
            else if (argument.Value is { } value)
            {
                var target = new NameSyntax(instance.Name.Path + "." + export.Path, argument.Where);
                Statements.Add(new PlacedStatement(prefix, depth, new DefinitionSyntax(DefinitionKind.Initial, target, value, argument.Where)));
            }
        }
    }

    /// <summary>Whether a path names an instance of a module, or an instance within one.</summary>
    private bool IsInstance(ModuleSyntax module, string path)
    {
        ModuleSyntax? inside = module;
        foreach (var part in path.Split('.'))
        {
            var instance = inside?.Statements.OfType<InstanceSyntax>().FirstOrDefault(i => i.Name.Path == part);
            if (instance is null) return false;
            inside = library.Modules.GetValueOrDefault(instance.Module.Path);
        }
        return true;
    }

    /// <summary>Names that a statement mentions.</summary>
    public static IEnumerable<NameSyntax> Names(StatementSyntax statement) => statement switch
    {
        DeclarationSyntax d => d.Compartment is null ? [d.Name] : [d.Name, d.Compartment],
        DefinitionSyntax d => [d.Name, .. FormulaNames.Of(d.Value)],
        ClearSyntax c => [c.Name],
        DeleteSyntax d => [d.Name],
        HasUnitSyntax h => [h.Name],
        SynchronizeSyntax s => [s.Name, s.Other, .. FormulaNames.Of(s.Factor)],
        ReactionSyntax r => [.. Named(r.Name), .. r.Reactants.Concat(r.Products).Select(p => p.Species), .. r.Reactants.Concat(r.Products).SelectMany(p => Named(p.Parameter)), .. FormulaNames.Of(r.Law), .. Named(r.Compartment)],
        InteractionSyntax i => [.. i.Species, i.Reaction],
        EventSyntax e => [.. Named(e.Name), .. e.Assignments.Select(a => a.Variable), .. FormulaNames.Of(e.Trigger), .. FormulaNames.Of(e.Delay), .. FormulaNames.Of(e.Priority), .. e.Assignments.SelectMany(a => FormulaNames.Of(a.Value))],
        InstanceSyntax i => [.. FormulaNames.Of(i.TimeFactor), .. FormulaNames.Of(i.ExtentFactor)],
        ConstraintSyntax c => FormulaNames.Of(c.Condition),
        AlgebraicSyntax a => FormulaNames.Of(a.Value),
        _ => [],
    };

    private static NameSyntax[] Named(NameSyntax? name) => name is null ? [] : [name];
}
