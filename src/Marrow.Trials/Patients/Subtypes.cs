using Marrow.Networks.Provenance;

namespace Marrow.Trials.Patients;

/// <summary>A subtype of a disease: its parameter table is laid over that of the disease.</summary>
internal sealed record Subtype(string Name, ParameterTable Table);

/// <summary>What a subtype does to one parameter of a patient: the parameter is multiplied or, where it is the same in everybody, set.</summary>
/// <param name="Parameter">Name of the parameter.</param>
/// <param name="Multiply">Whether <paramref name="Value"/> is a factor.</param>
/// <param name="Value">Factor or value.</param>
internal readonly record struct SubtypeShift(string Parameter, bool Multiply, double Value)
{
    /// <summary>The rows of a table as shifts. What differs between patients goes on doing so: it is moved by as much as the median is.</summary>
    /// <param name="table">Table of the subtype.</param>
    /// <param name="medians">Medians of the parameters that differ between patients.</param>
    public static IEnumerable<SubtypeShift> Of(ParameterTable table, IReadOnlyDictionary<string, double> medians) =>
        table.Rows.Select(r => medians.TryGetValue(r.Id, out var median) && median > 0 && r.Value > 0
            ? new SubtypeShift(r.Id, true, r.Value / median)
            : new SubtypeShift(r.Id, false, r.Value));
}

/// <summary>The subtypes of a population. A patient's number, from 1 in the order of the table, is a value of the patient; 0 is none.</summary>
internal sealed record SubtypeMixture(IReadOnlyList<Subtype> Subtypes)
{
    /// <summary>Name of the value that holds a patient's number.</summary>
    public const string Value = "Subtype";

    /// <summary>No subtypes.</summary>
    public static SubtypeMixture None { get; } = new([]);
}
