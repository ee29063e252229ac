using Marrow.Networks.Diagnostics;

namespace Marrow.Networks.Units;

/// <summary>Words problems of units as warnings with the number of SBML's rule, at most one for each element.</summary>
internal sealed class SbmlUnitReport(Reporter reporter) : UnitReport(reporter, Severity.Warning)
{
    private const int ArgumentRule = 10501;

    private readonly Reporter _reporter = reporter;
    private bool _hasSpoken;
    private int _rule;

    /// <summary>Begins the check of an element.</summary>
    public void Begin()
    {
        _hasSpoken = false;
        _rule = ArgumentRule;
    }

    /// <summary>Whether the unit of a formula is the one that a rule demands; reported if not. Null fits anything.</summary>
    public void Agree(int rule, Unit? expected, Unit? found, Structure.Expression value, string what, string valueName)
    {
        _rule = rule;
        Agree(expected, found, value, what, valueName);
    }

    /// <summary>Reports what is no matter of a formula.</summary>
    public void Tell(int rule, SourceSpan where, string what)
    {
        _rule = rule;
        Report(ErrorCodes.SbmlUnits, where, what, "", "");
    }

    /// <summary>A unit in SBML's words.</summary>
    public string Spelt(Unit unit) => Text(unit);

    protected override string Text(Unit unit) => SbmlUnitText.Of(unit);

    protected override void Report(ErrorCode code, SourceSpan where, string what, string why, string @try)
    {
        if (_hasSpoken) return;
        _hasSpoken = true;
        // The body of a function serves many formulas: the place is the one that calls it.
        if (Calls.Count > 0)
        {
            var call = Calls.Last();
            (where, why) = (call.Where, (why.Length > 0 ? why + "; " : "") + $"in {Short(call)}");
        }
        _reporter.Warn(ErrorCodes.SbmlUnits, where, $"SBML rule {_rule}: {what}", why, @try);
    }
}
