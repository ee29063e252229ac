using System.Globalization;
using Marrow.Networks.Diagnostics;
using Marrow.Trials.Patients;
using Marrow.Trials.Regimens;
using Marrow.Trials.Studies;

namespace Marrow.Trials.Checks;

/// <summary>What is sound in a study and yet hardly meant: values that nothing reads, names that hide others, doses that nobody gives or
/// that change nothing. Warnings only; a run does not ask for them.</summary>
internal static class StudyReview
{
    /// <summary>Reviews a study with its population and regimens.</summary>
    public static void Check(Study study, DiagnosticBag bag)
    {
        var parts = study.Parts;
        var home = new RegimenHome(parts.Model, parts.Population, study.DrugFile);
        Regimen[] regimens = [.. study.Arms.SelectMany(a => a.Regimens).DistinctBy(r => r.File)];
        PatientValues(parts.Population, regimens, parts.Scaling, bag);
        foreach (var table in regimens.Select(r => r.Table).Where(t => t is { Assignment: TableAssignment.Id })) Individuals(table!, study.Patients, bag);
        foreach (var regimen in regimens) Regimen(regimen, home, study.FollowUpMonths * Study.DaysPerMonth, bag);
    }

    /// <summary>Reviews a regimen among the patients of a home.</summary>
    /// <param name="regimen">The regimen.</param>
    /// <param name="home">Model, patients and drugs.</param>
    /// <param name="followUpDays">Days that patients are followed; infinite where no study says.</param>
    /// <param name="bag">Receives the warnings.</param>
    public static void Regimen(Regimen regimen, RegimenHome home, double followUpDays, DiagnosticBag bag)
    {
        Settings(regimen, home, bag);
        new DoseReview(regimen, home, followUpDays, bag).Check();
        foreach (var rule in regimen.Care.Where(r => r.FromDay > r.ToDay))
            bag.Warn(StudyCodes.IdleDose, FormattableString.Invariant($"the rule '{rule.Name}' is never looked at: its days run from {rule.FromDay} to {rule.ToDay}"), PlaceOf(rule.Name, regimen.Numbers, regimen.File), "", "from_day before to_day");
    }

    /// <summary>Individuals of a table that no patient is.</summary>
    private static void Individuals(RegimenTable table, int patients, DiagnosticBag bag)
    {
        var nobody = table.Table.Subjects.Where(s => int.Parse(s.Id, CultureInfo.InvariantCulture) >= patients).ToList();
        if (nobody.Count == 0) return;
        bag.Warn(StudyCodes.IdleDose, FormattableString.Invariant($"the study has no patient {nobody[0].Id}{(nobody.Count > 1 ? $", and no other {nobody.Count - 1} of the table" : "")}"), nobody[0].Rows[0].Where, FormattableString.Invariant($"its patients are 0 to {patients - 1}"), "more patients, or 'patients: in_turn'");
    }

    /// <summary>Place of a value, from that of its first number.</summary>
    internal static SourceSpan PlaceOf(string name, IEnumerable<SourcedNumber> numbers, string file) =>
        numbers.FirstOrDefault(n => n.Name.StartsWith(name + ".", StringComparison.Ordinal))?.Where ?? new SourceSpan(file, 1, 1, 1);

    private static void Settings(Regimen regimen, RegimenHome home, DiagnosticBag bag)
    {
        foreach (var setting in regimen.Settings)
        {
            if (home.Model.Parameters.Find(setting.Parameter) is not { } row) continue;
            var value = setting.Multiplies ? setting.Value * row.Value : setting.Value;
            if (!(value < row.Lower || value > row.Upper)) continue;
            var how = setting.Multiplies ? FormattableString.Invariant($"multiplied by {setting.Value}, which makes {value:G4} of its typical value") : FormattableString.Invariant($"set to {value}");
            bag.Warn(StudyCodes.OutsideTable, FormattableString.Invariant($"'{setting.Parameter}' is {how}, outside {row.Lower} to {row.Upper}"),
                PlaceOf(setting.Parameter, regimen.Numbers, regimen.File), $"its range stands in {Path.GetFileName(row.Where.File)}:{row.Where.Line}", "a value within the range");
        }
    }

    private static void PatientValues(Population population, IReadOnlyList<Regimen> regimens, SizeScaling scaling, DiagnosticBag bag)
    {
        var read = ValuesRead(population, regimens).Concat(scaling.ValuesRead).ToHashSet(StringComparer.Ordinal);
        var own = Path.GetFullPath(population.File);
        void Unread(IEnumerable<Law> laws, IReadOnlyList<SourcedNumber> numbers, string file)
        {
            foreach (var law in laws.Where(l => !read.Contains(l.Name)))
            {
                var where = PlaceOf(law.Name, numbers, file);
                // What a population takes over from another one may serve other studies.
                if (Path.GetFullPath(where.File) != Path.GetFullPath(file)) continue;
                bag.Warn(StudyCodes.UnreadValue, $"nothing in the study reads '{law.Name}'", where, "it is drawn for every patient and has no effect", Spelling.Hint(law.Name, read, "removing it"));
            }
        }

        Unread([.. population.Covariates, .. population.Factors, .. population.History.Laws], population.Numbers, own);
        foreach (var regimen in regimens) Unread(regimen.Values, regimen.Numbers, regimen.File);
    }

    /// <summary>Values of the patient that something reads.</summary>
    private static IEnumerable<string> ValuesRead(Population population, IReadOnlyList<Regimen> regimens)
    {
        foreach (var name in BodySize.Required) yield return name;
        yield return SubtypeMixture.Value;
        yield return population.SizeFactor;
        yield return population.Entry.StopValue;
        foreach (var name in population.Constants.Select(c => c.Value).Concat(population.Multiplied.Select(m => m.Value)).Concat(population.History.Shifts.Select(s => s.Share))) yield return name;
        foreach (var name in population.History.Factors.SelectMany(f => new[] { f.By, f.If }).OfType<string>()) yield return name;
        foreach (var law in population.Covariates.Concat(population.Factors).Concat(population.History.Laws).Concat(regimens.SelectMany(LawsOf)))
        {
            foreach (var name in law.Inputs) yield return name;
        }
        foreach (var name in regimens.SelectMany(ScalesOf)) yield return name;
    }

    private static IEnumerable<Law> LawsOf(Regimen regimen) =>
        new[] { regimen.Preparation?.Wait, regimen.Preparation?.Bridging?.Share }.Concat(regimen.Values)
            .Concat(DosesOf(regimen).SelectMany(d => d.Bands.Select(b => (Law?)b.Amount).Append(d.Reduction).Append(d.Adherence?.Share)))
            .Concat(regimen.Doses.SelectMany(d => d.Companions.Select(c => (Law?)c.Share).Append(d.GivenTo))).OfType<Law>();

    private static IEnumerable<string> ScalesOf(Regimen regimen) =>
        DosesOf(regimen).SelectMany(d => d.ScaledBy).Concat(regimen.Doses.SelectMany(d => d.Companions).SelectMany(c => c.ScaledBy));

    private static IEnumerable<Dose> DosesOf(Regimen regimen) =>
        regimen.Doses.Select(d => d.Dose).Concat(regimen.Care.SelectMany(c => c.Treatments).SelectMany(t => t.Doses).Select(d => d.Dose));
}
