using System.Globalization;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;
using Marrow.Trials.DosingTables;
using Marrow.Trials.Patients;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Regimens;

/// <summary>Reads <c>dosing_table</c> of a regimen: table, time_unit, patients, compartments (cmt, drug or state, unit), and ties the table to
/// drugs and model.</summary>
internal sealed class RegimenTableReader(DrugInputs drugs, Population population, ModelNames? model, List<SourcedNumber> log)
{
    private enum TimeUnit
    {
        Days,
        Hours,
        Minutes,
        Weeks,
    }

    private sealed record Named(string Name, string Unit, DrugInput? Drug);

    /// <summary>Reads and closes a mapping; null if something is wrong.</summary>
    public RegimenTable? Read(YamlMap map)
    {
        var path = NamedFile.Of(map, "table");
        var unit = map.Choice("time_unit", TimeUnit.Days);
        var assignment = map.Choice("patients", TableAssignment.InTurn, required: false);
        var provenance = Provenance.Read(map, required: true);
        var compartments = new Dictionary<string, Named>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in map.Maps("compartments")) ReadCompartment(entry, compartments);
        map.Close();
        var bag = map.Source.Bag;
        if (!File.Exists(path) || DosingTable.Read(path, bag) is not { } table) return null;
        if (table.IsInHours && unit != TimeUnit.Hours)
            map.Error("time_unit", StudyCodes.Conflict, $"{Path.GetFileName(path)} gives times of the clock", "they are read as hours", "time_unit: hours");
        Rows(table, compartments, bag);
        if (assignment == TableAssignment.Id) Ids(table, bag);
        if (model is null) return null;
        var inputs = Inputs(table, compartments, model.Network);
        Modelled(table, inputs, bag);
        var covariates = table.Covariates.Select(c => Parameter(c, model.Network, bag)).ToArray();
        var read = inputs.Values.SelectMany(i => i.Values.Columns).ToHashSet();
        TableNames.CheckColumns(table, c => covariates[c] is not null || read.Contains(c), model.Network.Parameters.Select(p => p.Id), bag);
        if (bag.HasErrors) return null;
        if (provenance is not null) Log(table, inputs, provenance);
        var powers = inputs.Values.SelectMany(i => i.Values.PowersOfTime).Distinct().ToDictionary(p => p.Column, p => p.Power);
        return new RegimenTable { Table = table.InTimeOf(DaysOf(unit), powers), Assignment = assignment, Inputs = inputs, Covariates = covariates };
    }

    private static double DaysOf(TimeUnit unit) => unit switch
    {
        TimeUnit.Hours => 1 / DoseReader.HoursPerDay,
        TimeUnit.Minutes => 1 / (60 * DoseReader.HoursPerDay),
        TimeUnit.Weeks => 7,
        _ => 1,
    };

    private void ReadCompartment(YamlMap map, Dictionary<string, Named> found)
    {
        var compartment = map.TextOrNull("cmt") ?? "";
        var (drug, state, unit) = (map.TextOrNull("drug"), map.TextOrNull("state"), map.Text("unit"));
        if (drug is null == state is null) map.Error("drug", StudyCodes.Conflict, "a compartment is a 'drug' or a 'state' of the model", "", "one of the two");
        var input = drug is null ? null : drugs.Find(drug);
        if (drug is not null && input is null) map.Error("drug", StudyCodes.UnknownName, $"the model has no drug '{drug}'", "", Suggestion.For(drug, drugs.Names));
        if (input is not null)
        {
            DoseReader.CheckTarget(map, input, model);
            if (unit.Length > 0 && unit != input.DoseUnit) map.Error("unit", StudyCodes.WrongUnit, $"{drug} is dosed in {input.DoseUnit}, not in {unit}", "amounts of a dosing table are those of a patient", input.DoseUnit);
        }
        if (state is not null && model is not null) State(map, state, unit, model.Network);
        map.Close();
        if (!found.TryAdd(compartment is "0" or "." ? "" : compartment, new Named(drug ?? state ?? "", unit, input)))
            map.Error("cmt", StudyCodes.Duplicate, $"CMT '{compartment}' is listed twice", "", "one entry for each");
    }

    private static void State(YamlMap map, string state, string unit, ReactionNetwork network)
    {
        var dosable = DoseQuantities.Targets(network);
        if (!dosable.Contains(state)) map.Error("state", StudyCodes.UnknownName, $"'{state}' cannot be dosed", "it is no species, or is constant, a boundary or computed by a rule", Suggestion.For(state, dosable));
        else if (network.Species.FirstOrDefault(s => s.Id == state)?.Unit is { } own && own != unit && unit.Length > 0)
            map.Error("unit", StudyCodes.WrongUnit, $"{state} is in {own}, not in {unit}", "amounts go into a state as they are", own);
    }

    /// <summary>What no row of a study can ask for.</summary>
    private static void Rows(DosingTable table, Dictionary<string, Named> compartments, DiagnosticBag bag)
    {
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            if (row.Event is DosingEvent.Reset or DosingEvent.ResetAndDose)
                bag.Error(DosingCodes.NotSupported, $"EVID {(int)row.Event} resets the model", row.Where, "a patient of a study cannot start anew", "another individual for what follows");
            if (!row.IsDose) continue;
            if (row.SteadyState > 0)
                bag.Error(DosingCodes.NotSupported, $"SS {row.SteadyState} in a study", row.Where, "a patient with a disease is in no steady state", "earlier doses, with ADDL");
            if (!compartments.TryGetValue(row.Compartment, out var input))
            {
                if (unknown.Add(row.Compartment)) bag.Error(DosingCodes.UnknownTarget, row.Compartment.Length == 0 ? "the row has no CMT" : $"CMT '{row.Compartment}' is not listed", row.Where, "'compartments' of the dosing table say which drug it is", Suggestion.For(row.Compartment, compartments.Keys));
            }
            else if (input.Drug is { Mode: InputMode.Rate } && row.Form == InfusionForm.None)
                bag.Error(DosingCodes.Conflict, $"{input.Name} is infused", row.Where, "its input is a rate", "its duration in TINF, or its rate in RATE");
        }
    }

    private static void Ids(DosingTable table, DiagnosticBag bag)
    {
        foreach (var subject in table.Subjects.Where(s => !int.TryParse(s.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id.ToString(CultureInfo.InvariantCulture) != s.Id))
            bag.Error(DosingCodes.BadCell, $"ID '{subject.Id}' is no patient of a study", subject.Rows[0].Where, "patients are whole numbers from 0", "patients: in_turn");
    }

    private static Dictionary<string, TableInput> Inputs(DosingTable table, Dictionary<string, Named> compartments, ReactionNetwork network) =>
        table.Rows.Where(r => r.IsDose).Select(r => r.Compartment).Distinct(StringComparer.Ordinal).Where(compartments.ContainsKey).ToDictionary(c => c, c =>
        {
            var named = compartments[c];
            string[] names = [.. new[] { named.Name, named.Drug?.Target ?? named.Name }.Distinct(StringComparer.Ordinal)];
            return new TableInput(named.Name, named.Unit, named.Drug, NamedDoseValues.Find(c, names, table, network));
        }, StringComparer.Ordinal);

    private static void Modelled(DosingTable table, Dictionary<string, TableInput> inputs, DiagnosticBag bag)
    {
        foreach (var row in table.Rows.Where(r => r.IsDose && inputs.ContainsKey(r.Compartment)))
            inputs[row.Compartment].Values.Require(row, inputs[row.Compartment].Name, bag);
    }

    /// <summary>The parameter that a column sets, or null.</summary>
    private string? Parameter(CovariateColumn column, ReactionNetwork network, DiagnosticBag bag)
    {
        var name = TableNames.Nearest(column.Name, network.Parameters.Select(p => p.Id));
        if (name is null) return null;
        string why = TableNames.IsRuled(network, name) ? "a rule computes it"
            : TableNames.IsFormula(network.Parameters.First(p => p.Id == name).Value) ? "it is a formula of others"
            : population.TimeVarying.Any(t => t.Parameter == name) ? "'time_varying' of the population sets it, too" : "";
        if (why.Length > 0) bag.Error(DosingCodes.Conflict, $"column '{column.Name}' cannot set '{name}'", column.Where, why, "another heading");
        return name;
    }

    private void Log(DosingTable table, Dictionary<string, TableInput> inputs, Provenance provenance)
    {
        foreach (var subject in table.Subjects)
        {
            foreach (var row in subject.Rows.Where(r => r.IsDose))
                log.Add(new SourcedNumber(FormattableString.Invariant($"{inputs[row.Compartment].Name} of ID {subject.Id} at {row.Time}"), row.Amount, inputs[row.Compartment].Unit, provenance, row.Where));
        }
    }
}
