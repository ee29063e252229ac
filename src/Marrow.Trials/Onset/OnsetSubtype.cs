using Marrow.Trials.Clinical;

namespace Marrow.Trials.Onset;

/// <summary>A subtype of a disease: how pre-leukaemic clones arise, what turns one of their cells malignant, and how that cell's descendants live
/// (models/onset/diseases.csv). Rates of cells are per day, those of a life per year.</summary>
internal sealed record OnsetSubtype
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Division of a malignant cell, 1/d.</summary>
    public required double Birth { get; init; }

    /// <summary>Its death without immune attack, 1/d.</summary>
    public required double Death { get; init; }

    /// <summary>Killing by T cells of full competence, median over clones, 1/d.</summary>
    public required double TKill { get; init; }

    /// <summary>Spread of it between clones, log.</summary>
    public required double TKillLogSd { get; init; }

    /// <summary>Killing by NK cells of full competence, 1/d.</summary>
    public required double NkKill { get; init; }

    /// <summary>Cells at diagnosis.</summary>
    public required double Cells { get; init; }

    /// <summary>Newborns with a clone.</summary>
    public required double PrenatalShare { get; init; }

    /// <summary>Its cells at birth.</summary>
    public required double PrenatalCells { get; init; }

    /// <summary>Its decline, 1/year.</summary>
    public required double PrenatalDecline { get; init; }

    /// <summary>Hazard of acquiring a clone at <see cref="ReferenceAge"/>, 1/year.</summary>
    public required double Initiation { get; init; }

    /// <summary>Power of age with which it rises.</summary>
    public required double InitiationPower { get; init; }

    /// <summary>Loss of acquired clones, 1/year.</summary>
    public required double CloneLoss { get; init; }

    /// <summary>Cells of a grown clone.</summary>
    public required double CloneCells { get; init; }

    /// <summary>Time of its growth, years.</summary>
    public required double CloneTime { get; init; }

    /// <summary>Mutation of a clone's cell to a malignant one, 1/cell/year.</summary>
    public required double SecondHit { get; init; }

    /// <summary>Rise of the second hit per unit of inflammation.</summary>
    public required double InflammationHits { get; init; }

    /// <summary>How far the second hit comes from recombination, as a power of its errors.</summary>
    public required double Recombination { get; init; }

    /// <summary>Factor of the second hit where one TP53 is lacking in every cell.</summary>
    public required double Tp53First { get; init; }

    /// <summary>Age to which initiation belongs, years.</summary>
    public const double ReferenceAge = 60;

    /// <summary>Subtypes of every disease of a table.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<OnsetSubtype>> Read(ValueTable table, IEnumerable<string> ids) => ids
        .Select(id => id.Split('.')).Where(parts => parts.Length >= 3).Select(parts => (Disease: parts[0], Subtype: parts[1])).Distinct()
        .GroupBy(p => p.Disease, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => (IReadOnlyList<OnsetSubtype>)[.. g.Select(p => Read(table, $"{p.Disease}.{p.Subtype}", p.Subtype))], StringComparer.Ordinal);

    private static OnsetSubtype Read(ValueTable table, string prefix, string name)
    {
        double Of(string id, string unit, double lower = 0, double upper = double.PositiveInfinity) => table.Number($"{prefix}.{id}", unit, lower, upper);
        return new OnsetSubtype
        {
            Name = name,
            Birth = Of("birth", "1/d", 1e-9),
            Death = Of("death", "1/d"),
            TKill = Of("t_kill", "1/d"),
            TKillLogSd = Of("t_kill_log_sd", "1"),
            NkKill = Of("nk_kill", "1/d"),
            Cells = Of("cells", "cell", 1),
            PrenatalShare = Of("prenatal.share", "1", 0, 1),
            PrenatalCells = Of("prenatal.cells", "cell"),
            PrenatalDecline = Of("prenatal.decline", "1/year"),
            Initiation = Of("initiation", "1/year"),
            InitiationPower = Of("initiation_power", "1"),
            CloneLoss = Of("clone_loss", "1/year"),
            CloneCells = Of("clone_cells", "cell"),
            CloneTime = Of("clone_time", "year", 1e-3),
            SecondHit = Of("second_hit", "1/cell/year"),
            InflammationHits = Of("inflammation_hits", "1"),
            Recombination = Of("recombination", "1"),
            Tp53First = Of("tp53_first", "1"),
        };
    }
}
