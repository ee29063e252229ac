namespace Marrow.Trials.Clinical;

/// <summary>Response and progression by iwCLL 2018 at the visits: nodes and spleen by computed tomography, lymphocytes, platelets, haemoglobin, marrow.</summary>
/// <remarks>Group A is nodes, spleen and lymphocytes; group B platelets, haemoglobin and marrow. CR: all normal. CRi: the same but for platelets or
/// haemoglobin. PR: a fall by half of two of group A that were abnormal (of one if only one was) and one of group B normal or better by half. PD: a rise by
/// half over the lowest value of any of group A; lymphocytes alone do not count while a BTK inhibitor is given.</remarks>
internal static class CllAssessment
{
    private static readonly string[] _btkInhibitors = ["ibrutinib", "acalabrutinib", "zanubrutinib"];

    /// <summary>What a visit sees.</summary>
    /// <param name="Nodes">Sum of the products of diameters, cm2.</param>
    /// <param name="NodesEnlarged">Whether the largest diameter reaches the limit.</param>
    /// <param name="Spleen">Length, cm.</param>
    /// <param name="Lymphocytes">1e9/L, leukaemic cells included.</param>
    /// <param name="Platelets">1e9/L.</param>
    /// <param name="Haemoglobin">g/dL.</param>
    internal sealed record Findings(double Nodes, bool NodesEnlarged, double Spleen, double Lymphocytes, double Platelets, double Haemoglobin);

    /// <summary>Goes through the trial's visits.</summary>
    /// <param name="subject">The patient; the course has columns for nodes and spleen.</param>
    /// <param name="visits">Visits that took place, in order.</param>
    /// <param name="transformed">Day of Richter transformation, which is progression.</param>
    public static ResponseAssessment Assess(Subject subject, IReadOnlyList<Visit> visits, double? transformed)
    {
        var start = Find(subject, subject.Course.Times[Math.Max(0, subject.Course.Row(0))]);
        var lowest = start;
        var best = Response.NotEvaluable;
        double? responseDay = null;
        var mrd = new List<MrdReading>();
        foreach (var visit in visits.Where(v => !v.AtHome))
        {
            var seen = Find(subject, visit.Day);
            if (visit.Day >= transformed || Progressed(subject, seen, lowest, visit.Day))
                return ResponseAssessment.Of(subject, best == Response.NotEvaluable ? Response.NoResponse : best, responseDay, mrd, visit.Day);
            lowest = new Findings(
                Math.Min(lowest.Nodes, seen.Nodes), false, Math.Min(lowest.Spleen, seen.Spleen), Math.Min(lowest.Lymphocytes, seen.Lymphocytes), 0, 0);
            if (visit.PlannedDay > subject.Protocol.Rules.ResponseWindow) continue;
            var response = Judge(subject, seen, start, visit);
            if (response > best) best = response;
            if (response < Response.PR) continue;
            responseDay ??= visit.Day;
            if (visit.Marrow) mrd.Add(Assays.Mrd(subject, visit));
        }

        return ResponseAssessment.Of(subject, best, responseDay, mrd, null);
    }

    /// <summary>What a visit on a day sees.</summary>
    internal static Findings Find(Subject subject, double day)
    {
        var rules = subject.Protocol.Cll!;
        var nodes = subject.At(Readouts.NodeBurden, day);
        var formation = subject.Course.Find(Readouts.MarrowNormalShare) is null ? 1 : subject.At(Readouts.MarrowNormalShare, day);
        return new Findings(
            rules.NodeProducts(nodes), rules.NodeDiameter(nodes) >= rules.NodeLimit, rules.Spleen(subject.At(Readouts.SpleenBurden, day)),
            (subject.At(Readouts.LymphocytesPerUl, day) + subject.At(Readouts.BloodBlastsPerUl, day)) / PerUlOfGiga,
            subject.At(Readouts.Platelets, day), rules.Haemoglobin(formation));
    }

    private const double PerUlOfGiga = 1000;

    private static bool Progressed(Subject subject, Findings seen, Findings lowest, double day)
    {
        var rules = subject.Protocol.Cll!;
        var more = 1 + rules.Rise;
        if (seen.NodesEnlarged && seen.Nodes >= more * lowest.Nodes) return true;
        if (seen.Spleen >= rules.SpleenLimit && seen.Spleen >= lowest.Spleen + rules.ProgressionSpleen) return true;
        if (seen.Lymphocytes < rules.ProgressionLymphocytes || seen.Lymphocytes < more * lowest.Lymphocytes) return false;
        return !subject.Course.Events.Doses.Any(d => _btkInhibitors.Contains(d.Drug) && d.Day <= day && d.Day > day - rules.BtkDays);
    }

    private static Response Judge(Subject subject, Findings seen, Findings start, Visit visit)
    {
        var rules = subject.Protocol.Cll!;
        var platelets = seen.Platelets >= subject.Protocol.Rules.PlateletLimit;
        var haemoglobin = seen.Haemoglobin >= rules.HaemoglobinLimit;
        var marrowFree = visit.Marrow && Assays.MarrowBlasts(subject, visit) < subject.Protocol.Rules.MarrowLimit;
        if (!seen.NodesEnlarged && seen.Spleen < rules.SpleenLimit && seen.Lymphocytes < rules.LymphocyteLimit && marrowFree)
            return platelets && haemoglobin ? Response.CR : Response.CRi;
        int abnormal = 0, fallen = 0;
        void Compare(bool was, double before, double now)
        {
            if (!was) return;
            abnormal++;
            if (now <= (1 - rules.Fall) * before) fallen++;
        }

        Compare(start.NodesEnlarged, start.Nodes, seen.Nodes);
        Compare(start.Spleen >= rules.SpleenLimit, start.Spleen - rules.Spleen(0), seen.Spleen - rules.Spleen(0));
        Compare(start.Lymphocytes >= rules.LymphocyteLimit, start.Lymphocytes, seen.Lymphocytes);
        var blood = platelets || haemoglobin || marrowFree || seen.Platelets >= (1 + rules.Rise) * start.Platelets || seen.Haemoglobin >= (1 + rules.Rise) * start.Haemoglobin;
        return abnormal > 0 && fallen >= Math.Min(2, abnormal) && blood ? Response.PR : Response.NoResponse;
    }
}
