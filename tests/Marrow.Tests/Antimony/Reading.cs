using Marrow.Networks.Antimony;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Tests.Antimony;

/// <summary>Short ways to read a model in a test.</summary>
internal static class Reading
{
    public static ReactionNetwork Good(string text)
    {
        var bag = new DiagnosticBag();
        var network = AntimonyReader.ReadText(text, "model.ant", bag);
        Assert.False(bag.HasErrors, string.Join('\n', bag.Items));
        return network!;
    }

    public static IReadOnlyList<Diagnostic> Problems(string text)
    {
        var bag = new DiagnosticBag();
        AntimonyReader.ReadText(text, "model.ant", bag);
        return bag.Items;
    }

    public static string Text(Expression expression) => ExpressionText.Of(expression);
}
