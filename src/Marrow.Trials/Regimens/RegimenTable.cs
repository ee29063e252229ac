using System.Globalization;
using Marrow.Trials.DosingTables;
using Marrow.Trials.Patients;

namespace Marrow.Trials.Regimens;

/// <summary>How patients of a study come to individuals of a dosing table.</summary>
internal enum TableAssignment
{
    /// <summary>Patient i gets individual i mod n.</summary>
    InTurn,
    /// <summary>Each patient gets one drawn at random, the same in all arms.</summary>
    Random,
    /// <summary>Patient i gets the individual whose ID is i; without one, nothing.</summary>
    Id,
}

/// <summary>What doses of one compartment of a table are in a study.</summary>
/// <param name="Name">Drug, or state of the model.</param>
/// <param name="Unit">Unit of AMT.</param>
/// <param name="Drug">The drug; null for a state.</param>
/// <param name="Values">Names of lag, bioavailability, rate and duration.</param>
internal sealed record TableInput(string Name, string Unit, DrugInput? Drug, NamedDoseValues Values)
{
    /// <summary>State or rate parameter that takes it up.</summary>
    public string Target => Drug?.Target ?? Name;

    /// <summary>Whether the target is the rate at which it is given.</summary>
    public bool IsRate => Drug is { Mode: InputMode.Rate };
}

/// <summary>A dosing table as a regimen, and as the source of covariates and observed values. Times are days on the clock of the arm.</summary>
internal sealed record RegimenTable
{
    /// <summary>The table, in days.</summary>
    public required DosingTable Table { get; init; }

    /// <summary>Who gets what.</summary>
    public required TableAssignment Assignment { get; init; }

    /// <summary>What doses are, by CMT; empty text for rows without it.</summary>
    public required IReadOnlyDictionary<string, TableInput> Inputs { get; init; }

    /// <summary>For each covariate of the table the parameter that it sets, or null.</summary>
    public required IReadOnlyList<string?> Covariates { get; init; }

    /// <summary>Quantities of the model that doses read.</summary>
    public IEnumerable<string> Quantities => Inputs.Values.SelectMany(i => i.Values.Quantities);

    /// <summary>States that are infused.</summary>
    public IEnumerable<string> Infused =>
        Table.Rows.Where(r => r.IsDose && r.Form != InfusionForm.None).Select(r => Inputs[r.Compartment]).Where(i => !i.IsRate).Select(i => i.Target).Distinct(StringComparer.Ordinal);

    /// <summary>The individual whose doses a patient gets; null for nobody's.</summary>
    public DosedSubject? Of(PatientRandom random)
    {
        var count = Table.Subjects.Length;
        return Assignment switch
        {
            TableAssignment.Id => Table.Subjects.FirstOrDefault(s => s.Id == random.Patient.ToString(CultureInfo.InvariantCulture)),
            TableAssignment.Random => Table.Subjects[Math.Min(count - 1, (int)(random.Independent("individual of a dosing table") * count))],
            _ => Table.Subjects[random.Patient % count],
        };
    }

    /// <summary>Values of a covariate of an individual, by day; the first holds from the start on.</summary>
    public static IReadOnlyList<DatedValue> Points(DosedSubject subject, int column) =>
    [
        .. subject.Rows.Where(r => r.Covariates[column] is not null)
            .Select(r => new DatedValue(ReferenceEquals(r, subject.Rows[0]) ? double.NegativeInfinity : r.Time, r.Covariates[column]!.Value)),
    ];

    /// <summary>In a sentence, for manifests and terminals.</summary>
    public string Statement
    {
        get
        {
            var file = Path.GetFileName(Table.File);
            return Assignment switch
            {
                TableAssignment.Id => $"patients get the doses of {file} by ID, and who has none there gets none of it",
                TableAssignment.Random => string.Create(CultureInfo.InvariantCulture, $"each patient gets the doses of one of the {Table.Subjects.Length} individuals of {file}, drawn at random"),
                _ when Table.Subjects.Length == 1 => $"all patients get the doses of the one individual of {file}",
                _ => string.Create(CultureInfo.InvariantCulture, $"patient i gets the doses of individual i mod {Table.Subjects.Length} of {file}"),
            };
        }
    }
}

/// <summary>A table with the model's indices in place of names.</summary>
/// <param name="Table">The table.</param>
/// <param name="Targets">What doses go into, by CMT, with the parameter that varies from dose to dose, or -1.</param>
/// <param name="Covariates">For each covariate the parameter that it sets, or -1.</param>
internal sealed record RegimenTablePlan(RegimenTable Table, IReadOnlyDictionary<string, (DoseTarget Target, int Varies)> Targets, IReadOnlyList<int> Covariates);
