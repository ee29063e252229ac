using Marrow.Numerics.Statistics;
using Marrow.Numerics.Vectors;
using Marrow.Trials.Patients;

namespace Marrow.Trials.Onset;

/// <summary>A person's life as a given environment, month by month: competence of T and NK cells, inflammation, mutation.</summary>
internal sealed class Life
{
    /// <summary>Steps of a year.</summary>
    public const int StepsPerYear = 12;

    private readonly OnsetTables _tables;
    private readonly OnsetFactors _factors;

    /// <summary>Builds a life.</summary>
    /// <param name="tables">Tables.</param>
    /// <param name="factors">What is special about it.</param>
    /// <param name="random">The person's random numbers, the same under all factors.</param>
    /// <param name="years">Its length.</param>
    public Life(OnsetTables tables, OnsetFactors factors, PatientRandom random, double years)
    {
        _tables = tables;
        _factors = factors;
        var steps = (int)Math.Ceiling(years * StepsPerYear);
        (T, Nk, Inflammation, Chronic, Mutation, Recombination) = (new double[steps], new double[steps], new double[steps], new double[steps], new double[steps], new double[steps]);
        var t = VectorMath.Exp(tables.TLogSd * NormalDistribution.Quantile(random.Spread("onset T cells")));
        var nk = VectorMath.Exp(tables.NkLogSd * NormalDistribution.Quantile(random.Spread("onset NK cells")));
        var decline = tables.Hiv.Decline * VectorMath.Exp(tables.Hiv.DeclineLogSd * NormalDistribution.Quantile(random.Spread("onset CD4 decline")));
        var deficiency = DeficiencyOf(random.Spread("onset deficiency"));
        for (var i = 0; i < steps; i++)
        {
            var age = (i + 0.5) / StepsPerYear;
            T[i] = t * (tables.TFloor + ((1 - tables.TFloor) * VectorMath.Exp(-age / tables.TAge)));
            Nk[i] = nk;
            Mutation[i] = Recombination[i] = 1;
            Infections(i, age);
            if (deficiency is { } inherited) Inherit(i, inherited);
            Suppress(i, age);
            InfectWithHiv(i, age, decline);
            Inflame(i, age);
            Germline(i);
        }
    }

    /// <summary>Steps of the life.</summary>
    public int Steps => T.Length;

    /// <summary>T-cell competence; 1 for a newborn of median strength.</summary>
    public double[] T { get; }

    /// <summary>NK-cell competence.</summary>
    public double[] Nk { get; }

    /// <summary>Inflammation by infections.</summary>
    public double[] Inflammation { get; }

    /// <summary>Chronic inflammation, which alternative a lets act on myeloid clones too.</summary>
    public double[] Chronic { get; }

    /// <summary>Factor of mutation.</summary>
    public double[] Mutation { get; }

    /// <summary>Factor of open breaks of recombination.</summary>
    public double[] Recombination { get; }

    private Deficiency? DeficiencyOf(double u)
    {
        if (_factors.Deficiency is not { } name) return null;
        if (name != "any") return _tables.Deficiencies[name];
        var at = u * _tables.Deficiencies.Values.Sum(d => d.Share);
        foreach (var deficiency in OnsetTables.DeficiencyNames.Select(n => _tables.Deficiencies[n]))
        {
            at -= deficiency.Share;
            if (at < 0) return deficiency;
        }

        return _tables.Deficiencies[OnsetTables.DeficiencyNames[^1]];
    }

    /// <summary>Common infections inflame less with age, and less where those of the first years have trained the immune system.</summary>
    private void Infections(int i, double age)
    {
        var (from, until) = (_factors.ExtraInfectionsFrom, _factors.ExtraInfectionsUntil);
        var training = _factors.InfectionTiming ? _tables.InfectionPriming * _factors.ExtraInfections : 0;
        var trained = Math.Max(0, Math.Min(Math.Min(age, until), _tables.PrimingUntil) - Math.Min(from, _tables.PrimingUntil));
        Inflammation[i] = _tables.InfectionAmplitude * VectorMath.Exp((-age / _tables.InfectionAge) - (training * trained));
        if (age >= from && age < until) Inflammation[i] += _tables.MildInfection * _factors.ExtraInfections;
    }

    private void Inherit(int i, Deficiency deficiency)
    {
        T[i] *= deficiency.T;
        Nk[i] *= deficiency.Nk;
        Mutation[i] *= deficiency.Mutation;
        Recombination[i] *= deficiency.Recombination;
        Inflammation[i] += deficiency.Inflammation;
    }

    private void Suppress(int i, double age)
    {
        if (_factors.Hidden)
        {
            T[i] *= _tables.HiddenT;
            Nk[i] *= _tables.HiddenNk;
        }

        if (age < _factors.ImmunosuppressionFrom || age >= _factors.ImmunosuppressionUntil) return;
        T[i] *= 1 - _factors.Immunosuppression;
        Nk[i] *= 1 - (_tables.TransplantNk * _factors.Immunosuppression);
        if (_factors.Transplant) Mutation[i] *= _tables.TransplantMutation;
    }

    /// <summary>CD4 cells fall exponentially, and approach a lower level than before under treatment; T-cell help saturates in them.</summary>
    private void InfectWithHiv(int i, double age, double decline)
    {
        if (_factors.HivAge is not { } infected || age < infected) return;
        var hiv = _tables.Hiv;
        var since = age - infected;
        var art = _factors.ArtAfterYears ?? double.PositiveInfinity;
        var cd4 = hiv.Cd4 * VectorMath.Exp(-Math.Min(since, art) / decline);
        if (since > art) cd4 += (Math.Max(cd4, hiv.ArtCd4) - cd4) * (1 - VectorMath.Exp(-(since - art) / hiv.ArtTime));
        var left = cd4 / hiv.Cd4;
        T[i] *= left * (1 + hiv.HelpHalf) / (left + hiv.HelpHalf);
        Nk[i] *= 1 - (hiv.Nk * (1 - left));
        Inflammation[i] += hiv.Inflammation * (1 - left);
    }

    private void Inflame(int i, double age)
    {
        if (age >= _factors.InflammationFrom)
        {
            Chronic[i] += _factors.Inflammation;
            if (_factors.Cytotoxic) Mutation[i] *= _tables.CytotoxicMutation;
        }

        Chronic[i] += _tables.TregInflammation * Math.Max(0, 1 - _factors.Treg);
        T[i] *= (1 + (_tables.TregBrake * (1 - _factors.Treg))) / (1 + (_tables.InflammationBrake * Chronic[i]));
    }

    private void Germline(int i)
    {
        if (_factors.Tp53Tumour) Mutation[i] *= _tables.Tp53Mutation;
        if (!_factors.Tp53Host) return;
        T[i] *= _tables.Tp53HostT;
        Inflammation[i] += _tables.Tp53HostInflammation;
    }
}
