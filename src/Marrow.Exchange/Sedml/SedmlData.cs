using System.Xml.Linq;
using Marrow.Networks.Diagnostics;

namespace Marrow.Exchange.Sedml;

/// <summary>A file of data that a document describes.</summary>
/// <param name="Id">Its name in the document.</param>
/// <param name="Source">Where it lies.</param>
/// <param name="Format">What it is: urn:sedml:format:csv or the like; empty if the file must say.</param>
/// <param name="Dimensions">Its dimensions, from the outermost; empty if the document does not say.</param>
/// <param name="Sources">What of it is used.</param>
/// <param name="Where">Place in the document.</param>
internal sealed record SedDataDescription(
    string Id, string Source, string Format, IReadOnlyList<(string Id, string Name)> Dimensions, IReadOnlyList<SedDataSource> Sources, SourceSpan Where)
{
    /// <summary>Names of the dimensions that a description of NuML nests.</summary>
    public static IReadOnlyList<(string Id, string Name)> DimensionsOf(XElement? description) =>
        [.. description?.Descendants().Where(e => e.Name.LocalName == "compositeDescription").Select(e => ((string?)e.Attribute("id") ?? (string?)e.Attribute("name") ?? "", (string?)e.Attribute("name") ?? "")) ?? []];
}

/// <summary>Numbers of a file of data.</summary>
/// <param name="Id">Name in the document.</param>
/// <param name="IndexSet">Dimension of which the index is meant; empty if values are.</param>
/// <param name="Slices">What of each dimension is kept; of those that are not named all.</param>
/// <param name="Where">Place in the document.</param>
internal sealed record SedDataSource(string Id, string IndexSet, IReadOnlyList<SedSlice> Slices, SourceSpan Where);

/// <summary>A part of a dimension: by the value of its index, or by places that count from 0.</summary>
internal sealed record SedSlice(string Reference, string? Value, int? First, int? Last, SourceSpan Where);

/// <summary>A range whose values are those of a data source.</summary>
internal sealed record SedDataRange(string Id, string Source, SourceSpan Where) : SedRange(Id, Where);
