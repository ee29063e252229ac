using Marrow.Networks.Diagnostics;
using Marrow.Tests.House;
using Marrow.Trials.Experiments;

namespace Marrow.Tests.Experiments;

/// <summary>A repository of its own with a disease of three states, so that whole tables of effects run in a second: leukaemia that an
/// effector kills, a shield against it (a switch), a drug with a switch, and a switch that is wired to nothing.</summary>
public sealed class ToyRoot : IDisposable
{
    private const string Model = """
        import "../modules/units.ant"
        substanceOnly species Leuk in Body, Pill in Body
        Leuk has G; Pill has mg
        Give_Pill: => Pill; RatePill
        Clear_Pill: Pill => ; kPill*Pill
        Divide: => Leuk; rho*Leuk*max(0, 1 - Leuk/Room)
        Kill: Leuk => ; kKill*(1 - evasion__shield*shield)*Leuk
        Treat: Leuk => ; drug__pill__kill*hPill*Pill*Leuk
        Unused := evasion__dummy
        Hazard := kKill*(1 - evasion__shield*shield)
        BlastShare := Leuk/(Leuk + Normal)
        Burden := Leuk
        MarrowBurden := Leuk
        TissueBurden := 0*Leuk
        BloodBlastsPerUl := Leuk*perUl
        Clone_Cd19Neg := 0*Leuk
        MarrowClone_Cd19Neg := 0*Leuk
        LymphocytesPerUl := Normal*perUl
        Cd19PerUl := Normal*perUl
        WbcPerUl := Normal*perUl
        AncReadout := Normal*perUl
        PltReadout := Normal*perUl
        CarCopies := 0*Leuk
        Il6PgMl := Normal*perUl
        Il6EffectivePgMl := Normal*perUl
        IggGPerL := Normal*perUl
        SteroidEffect := 0*Leuk
        DiagnosisReached: at BlastShare >= DiagnosisShare: Leuk = Leuk
        """;

    private const string Parameters = """
        id,value,unit,lower,upper,distribution,kind,source,locator,system,note
        Leuk,0,G,,,fixed,assumed,,,toy,none
        Pill,0,mg,,,fixed,assumed,,,toy,none
        RatePill,0,mg/d,,,fixed,assumed,,,toy,set by regimens
        kPill,0.5,1/d,,,fixed,assumed,,,toy,toy
        rho,0.15,1/d,0.05,0.5,lognormal(0.2),assumed,,,toy,toy
        Room,1000,G,,,fixed,assumed,,,toy,toy
        kKill,0.05,1/d,0.01,0.2,lognormal(0.2),assumed,,,toy,toy
        shield,0.6,1,,,fixed,assumed,,,toy,toy
        evasion__shield,1,1,0,1,fixed,assumed,,,toy,a switch
        evasion__dummy,1,1,0,1,fixed,assumed,,,toy,a switch that does nothing
        drug__pill__kill,1,1,0,1,fixed,assumed,,,toy,a switch
        hPill,0.1,1/mg/d,,,fixed,assumed,,,toy,toy
        Normal,500,G,,,fixed,assumed,,,toy,toy
        perUl,10,1/G,,,fixed,assumed,,,toy,toy
        DiagnosisShare,0.5,1,,,fixed,assumed,,,toy,set by the population
        """;

    private const string Population = """
        title: Toy patients
        draws: {z_cut: 2.5, kind: assumed, reason: toy}
        covariates:
          AgeYears: {law: beta, unit: year, lower: 1, upper: 60, alpha: 1, beta: 1, kind: assumed, reason: toy}
          Female: {law: bernoulli, unit: "1", share: 0.5, kind: assumed, reason: toy}
          WeightZ: {law: normal, unit: "1", location: 0, sd: 1, kind: assumed, reason: toy}
          HeightZ: {law: normal, unit: "1", location: 0, sd: 1, kind: assumed, reason: toy}
          CreatinineZ: {law: normal, unit: "1", location: 0, sd: 1, kind: assumed, reason: toy}
          PriorLines: {law: poisson, unit: "1", mean: 2, kind: assumed, reason: toy}
          PriorTransplant: {law: bernoulli, unit: "1", share: 0.5, kind: assumed, reason: toy}
          Share: {law: logit, unit: "1", location: 0, sd: 0.5, kind: assumed, reason: toy}
        factors:
          size: {law: fixed, unit: "1", value: 1, kind: assumed, reason: toy}
        size_factor: size
        entry:
          rest_days: 10
          seed_state: Leuk
          seed_amount: 1e-3
          stop_event: DiagnosisReached
          stop_parameter: DiagnosisShare
          stop_value: Share
          share_observable: BlastShare
          burden_observable: Burden
          limit_days: 3000
          still_per_day: 1e-6
          still_log_per_day: 1e-5
          window_days: 200
          draws: 5
          kind: assumed
          reason: toy
        history: {small_clones: {below_cells: 100, cells_per_unit: 1e9, kind: assumed, reason: toy}}
        """;

    private const string Observables = """
        observable,disease,site,formula,reading,threshold,threshold2,day,until,floor,survival,of,note
        blasts,,,Leuk,value,,,28,,1e-9,,,
        hazard,,,Hazard,value,,,28,,,,,
        growth_rate,,,rho,start,,,,,,,,
        depth_of_response,,,Leuk,fall_log10,,,28,,1e-9,,,
        time_to_escape,,,BlastShare,first_above,0.25,,2000,,,time,,
        escape_probability,,,BlastShare,first_above,0.25,,2000,,,,,
        relapse,,,BlastShare,relapse,0.3,0.3,400,91,,,,
        CR_rate,,,BlastShare,ever_below,0.3,,1,91,,,,
        relapse_itself,,,BlastShare,relapse_only,0.3,0.3,400,91,,,,
        relapse_kind,,,Leuk,at_event,0,,400,,,,relapse_itself,
        secret,,,,value,,,,,,,,nobody can see it
        strange,,,NoSuchName,value,,,,,,,,
        """;

    private const string Properties = """
        property,value,disease,kind,formula,reading,day,until,run,op,number,do,note
        age,,,number,AgeYears,patient,,,,,,,
        growth,,,number,rho,start,,,,,,,
        weak,,,number,kKill,start,,,,,,,
        weak,high@seed,,number,kKill,value,30,,,,,,
        host,killer,,setting,,start,,,,,,kKill *= 2 @life,
        host,intact,,setting,,start,,,,,,,
        """;

    /// <summary>Writes the files.</summary>
    public ToyRoot()
    {
        Write("models/diseases/toy.ant", Model);
        Write("models/diseases/toy.csv", Parameters);
        Write("models/diseases/toy/fast.csv", Parameters.Split('\n')[0] + "\nrho,0.3,1/d,0.05,0.5,lognormal(0.2),assumed,,,toy,twice the typical value\n");
        Write("models/parameters.csv", Parameters.Split('\n')[0] + "\n");
        Write("models/modules/units.ant", Repository.ReadText("models/modules/units.ant"));
        Write("models/modules/size_scaling.csv", "parameter,factor,source,note\n");
        Write("models/therapies/inputs.csv", "drug,target,mode,dose_unit,factor,varies,varies_sd,kind,source,note\npill,RatePill,rate,mg,1,,,assumed,,toy\n");
        foreach (var file in Repository.Files("models/clinical", "*.csv")) Write(Repository.Relative(file), File.ReadAllText(file));
        Write("studies/regimens/pill.yaml", "title: Pills\ndoses:\n  - {drug: pill, amount: 20, unit: mg, route: oral, hours: 24, days: [0, 7, 14, 21], kind: assumed, reason: toy}\n");
        Write("studies/regimens/cells.yaml", """
            title: Something that is made first
            preparation:
              wait: {law: log, unit: day, median: 40, sd: 0.3, lower: 20, upper: 100, kind: assumed, reason: toy}
            settings:
              - {parameter: shield, value: 0.1, unit: "1", kind: assumed, reason: toy}
            doses:
              - {drug: pill, amount: 20, unit: mg, route: oral, hours: 24, days: [0], kind: assumed, reason: toy}
            """);
        Write("models/experiments/populations/toy.yaml", Population);
        Write("models/experiments/diseases.csv", "disease,file,protocol,note\ntoy,toy,,\nlost,,,no files\n");
        Write("models/experiments/needs.csv", "need,available,note\ncore,1,\nmoon,0,too far\n");
        Write("models/experiments/alternatives.csv", "switch,alternative,do,note\nevasion.shield,b,shield = 0 @life,\n");
        Write("models/experiments/observables.csv", Observables);
        Write("models/experiments/properties.csv", Properties);
        Write("models/experiments/switches.csv", "switch,disease,on,off,note\ndrug.pill.dose,,give pill,without pill,\nsubtype.fast,,preset fast,rho *= 1,\n");
        Write("models/experiments/contexts/toy.yaml", """
            contexts:
              - {name: none, observables: [time_to_escape, escape_probability], do: start seed}
              - {name: none, do: start overt}
              - {name: treated, do: start overt; regimen pill}
              - {name: pills or none, do: start overt, on: regimen pill, off: no regimen}
              - {name: later, why_not: not today}
            """);
    }

    /// <summary>The folder.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("marrow-toy-").FullName;

    /// <summary>Writes a file below the root.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Has patients drawn by subtype.</summary>
    /// <param name="rows">Rows subtype,table,share,unit,kind,source,note.</param>
    public void DrawSubtypes(params string[] rows)
    {
        Write("models/diseases/toy/subtypes.csv", "subtype,table,share,unit,kind,source,note\n" + string.Join('\n', rows) + "\n");
        Write("models/experiments/populations/toy.yaml", Population + "\nsubtypes: {table: ../../diseases/toy/subtypes.csv, shares: share}\n");
    }

    /// <summary>A table of rows: id,switch,context,observable,statistic,op,value,value2,subgroup_rule,sign[,alternative[,needs]].</summary>
    public string Table(params string[] rows)
    {
        var lines = rows.Select(r => r.Split(',')).Select(c =>
            string.Join(',', c[0], c[1], c[0].StartsWith("lost", StringComparison.Ordinal) ? "lost" : "toy", c[2], c[3], c[4], c[5], c[6], c[7], "", c[8], c[9], c.ElementAtOrDefault(10) ?? "", c.ElementAtOrDefault(11) ?? ""));
        return Write("table.csv", "id,switch,disease,context,observable,statistic,op,value,value2,unit,subgroup_rule,on_vs_off_sign,alternative,needs\n" + string.Join('\n', lines) + "\n");
    }

    /// <summary>Reads and judges a table.</summary>
    public EffectsResult Judge(int pairs, int threads, string? journal, params string[] rows)
    {
        var bag = new DiagnosticBag();
        var table = EffectsTable.Load(Table(rows), bag);
        var result = EffectsRunner.Run(table, new EffectsOptions { Root = Root, Pairs = pairs, Threads = threads, Journal = journal }, bag);
        if (bag.HasErrors) throw new InputException(bag.Items);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Root, recursive: true);
}
