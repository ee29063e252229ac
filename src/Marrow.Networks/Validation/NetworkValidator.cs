using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Validation;

/// <summary>Checks the structure of a network: that every name means something, and that nothing is determined twice.</summary>
public static class NetworkValidator
{
    /// <summary>Reports every structural problem of a network, however it was made.</summary>
    public static void Check(ReactionNetwork network, DiagnosticBag bag) => Check(network, new Reporter(bag), valuesFollow: false);

    internal static void Check(ReactionNetwork network, Reporter reporter, bool valuesFollow)
    {
        new NameChecks(network, reporter).Run(valuesFollow);
        new FunctionChecks(network, reporter).Run();
        new ChangeChecks(network, reporter).Run();
        new CycleChecks(network, reporter).Run();
    }

    /// <summary>Reports parameters to which nothing gives a value.</summary>
    internal static void CheckValues(ReactionNetwork network, Reporter reporter) => new NameChecks(network, reporter).Values();
}
