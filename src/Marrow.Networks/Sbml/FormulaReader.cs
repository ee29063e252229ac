using System.Xml;
using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Sbml;

/// <summary>Reads formulas in content MathML that stand outside models.</summary>
public static class FormulaReader
{
    /// <summary>The formula of a <c>math</c> element; null if there is none, or it is wrong.</summary>
    /// <param name="math">A reader before the element.</param>
    /// <param name="file">How messages name the file.</param>
    /// <param name="functions">Names of functions beside the built-in ones; calls of them are kept.</param>
    /// <param name="bag">Receives every problem.</param>
    public static Expression? Read(Func<XmlReader> math, string file, IReadOnlySet<string> functions, DiagnosticBag bag)
    {
        ArgumentNullException.ThrowIfNull(math);
        ArgumentNullException.ThrowIfNull(bag);
        var found = new DiagnosticBag();
        var reporter = new Reporter(found);
        Expression? formula = null;
        if (XmlLoader.Load(_ => math(), file, reporter) is { } root)
        {
            var owner = new XmlNode("formula", "", root.Where);
            owner.Add(root);
            formula = new MathReader(functions, _ => false, reporter).Of(owner);
        }
        bag.AddRange(found.Items);
        return found.HasErrors ? null : formula;
    }
}
