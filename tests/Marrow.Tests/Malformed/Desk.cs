using Marrow.Tests.Experiments;
using Marrow.Tests.House;

namespace Marrow.Tests.Malformed;

/// <summary>A folder with one sound input of every kind, small enough to be read in milliseconds.</summary>
public sealed class Desk : IDisposable
{
    private const string Study = """
        title: Toy study
        question: Does it run?
        model: ../models/diseases/toy.ant
        scaling: ../models/modules/size_scaling.csv
        drugs: ../models/therapies/inputs.csv
        population: ../models/experiments/populations/toy.yaml
        patients: 4
        seed: 1
        follow_up_months: 12
        clinical: ../models/clinical
        protocol: eliana
        published: published.csv
        solver: {relative: 1e-5, absolute: 1e-9, max_steps: 20000}
        arms:
          - {name: Pills, regimen: regimens/pill.yaml}

        """;

    private const string Published = """
        endpoint,day,value,lower,upper,interval,n,trial_n,view,mark,source,note
        remission,,0.82,0.72,0.9,95 % CI,79,,,F,toy,

        """;

    private const string Own = """
        function twice(x) 2*x end
        model *own()
          compartment C = 1
          species S in C; S = 1
          k = 0.5
          J: S => ; k*S
          Double := twice(S)
          E: at S > 3: S = 1
        end

        """;

    private const string Sbml = """
        <?xml version="1.0" encoding="UTF-8"?>
        <sbml xmlns="http://www.sbml.org/sbml/level2/version4" level="2" version="4">
          <model id="toy" name="A toy">
            <listOfFunctionDefinitions><functionDefinition id="twice"><math xmlns="http://www.w3.org/1998/Math/MathML"><lambda><bvar><ci>x</ci></bvar><apply><times/><cn>2</cn><ci>x</ci></apply></lambda></math></functionDefinition></listOfFunctionDefinitions>
            <listOfUnitDefinitions><unitDefinition id="per_s"><listOfUnits><unit kind="second" exponent="-1"/></listOfUnits></unitDefinition></listOfUnitDefinitions>
            <listOfCompartments><compartment id="C" size="2"/></listOfCompartments>
            <listOfSpecies><species id="S" compartment="C" initialConcentration="3"/><species id="T" compartment="C" initialAmount="1e-1" boundaryCondition="true"/></listOfSpecies>
            <listOfParameters><parameter id="k" value="0.5" units="per_s"/><parameter id="y" constant="false"/><parameter id="w" value="1" constant="false"/></listOfParameters>
            <listOfInitialAssignments><initialAssignment symbol="w"><math xmlns="http://www.w3.org/1998/Math/MathML"><apply><plus/><ci>k</ci><cn type="e-notation">1<sep/>-3</cn></apply></math></initialAssignment></listOfInitialAssignments>
            <listOfRules><assignmentRule variable="y"><math xmlns="http://www.w3.org/1998/Math/MathML"><apply><ci>twice</ci><ci>S</ci></apply></math></assignmentRule></listOfRules>
            <listOfReactions><reaction id="J" reversible="false"><listOfReactants><speciesReference species="S" stoichiometry="2"/></listOfReactants><listOfModifiers><modifierSpeciesReference species="T"/></listOfModifiers>
              <kineticLaw><math xmlns="http://www.w3.org/1998/Math/MathML"><piecewise><piece><apply><times/><ci>C</ci><ci>v</ci><ci>S</ci></apply><apply><gt/><ci>T</ci><cn>0</cn></apply></piece><otherwise><cn>0</cn></otherwise></piecewise></math>
                <listOfParameters><parameter id="v" value="2"/></listOfParameters></kineticLaw></reaction></listOfReactions>
            <listOfEvents><event id="E"><trigger><math xmlns="http://www.w3.org/1998/Math/MathML"><apply><geq/><csymbol encoding="text" definitionURL="http://www.sbml.org/sbml/symbols/time">t</csymbol><cn>3</cn></apply></math></trigger>
              <listOfEventAssignments><eventAssignment variable="w"><math xmlns="http://www.w3.org/1998/Math/MathML"><cn>5</cn></math></eventAssignment></listOfEventAssignments></event></listOfEvents>
          </model>
        </sbml>

        """;

    private const string Composed = """
        <?xml version="1.0" encoding="UTF-8"?>
        <sbml xmlns="http://www.sbml.org/sbml/level3/version2/core" xmlns:comp="http://www.sbml.org/sbml/level3/version1/comp/version1" level="3" version="2" comp:required="true">
          <model id="whole">
            <listOfParameters>
              <parameter id="q" value="2" constant="true"><comp:listOfReplacedElements><comp:replacedElement comp:submodelRef="A" comp:portRef="rate" comp:conversionFactor="f"/></comp:listOfReplacedElements></parameter>
              <parameter id="f" value="10" constant="true"/>
              <parameter id="r" value="1" constant="false"><comp:replacedBy comp:submodelRef="B" comp:idRef="P"><comp:sBaseRef comp:idRef="x"/></comp:replacedBy></parameter>
            </listOfParameters>
            <comp:listOfSubmodels>
              <comp:submodel comp:id="A" comp:modelRef="part" comp:timeConversionFactor="f"><comp:listOfDeletions><comp:deletion comp:metaIdRef="decay"/></comp:listOfDeletions></comp:submodel>
              <comp:submodel comp:id="B" comp:modelRef="pair"/>
            </comp:listOfSubmodels>
          </model>
          <comp:listOfModelDefinitions>
            <comp:modelDefinition id="part">
              <listOfParameters><parameter id="x" value="1" constant="false"/><parameter id="k" value="0.5" constant="true"/></listOfParameters>
              <listOfRules><rateRule variable="x" metaid="decay"><math xmlns="http://www.w3.org/1998/Math/MathML"><apply><times/><ci>k</ci><ci>x</ci></apply></math></rateRule></listOfRules>
              <comp:listOfPorts><comp:port comp:id="rate" comp:idRef="k"/></comp:listOfPorts>
            </comp:modelDefinition>
            <comp:modelDefinition id="pair"><comp:listOfSubmodels><comp:submodel comp:id="P" comp:modelRef="part"/></comp:listOfSubmodels></comp:modelDefinition>
          </comp:listOfModelDefinitions>
        </sbml>

        """;

    private const string DrugModel = """
        model *pk()
          unit time_unit = 86400 second
          compartment Body = 1
          Body has dimensionless
          substanceOnly species Central in Body, Peripheral in Body
          Central has mg; Central = 0
          Peripheral has mg; Peripheral = 0
          Eliminate: Central => ; Cl/Vc*Central
          Out: Central => Peripheral; Q/Vc*Central
          Cl = 0.3; Cl has L/d
          Vc = 3; Vc has L
          Q = 1; Q has L/d
          Concentration := Central/Vc
          Concentration has mg/L
        end

        """;

    private const string Fit = """
        title: A drug
        seed: 11
        targets: targets.csv
        scenarios:
          bolus:
            model: pk.ant
            days: 30
            doses:
              - {day: 0, into: Central, amount: 100}
        search: {difference: 0.01, iterations: 1}
        parameters:
          - {id: Cl, prior: log_normal, sd: 0.5, reason: test}
          - {id: Vc, prior: log_normal, sd: 0.5, reason: test}

        """;

    private const string Targets = """
        id,scenario,observable,factor,time,statistic,published,spread,scale,unit,study,source,note
        c1,bolus,Concentration,,at 1,median,20,2,linear,mg/L,toy,toy,
        c2,bolus,Concentration,,at 2,median,15,2,linear,mg/L,toy2,toy,

        """;

    private const string Elasticities = """
        title: A drug
        seed: 11
        patients: 2
        scenarios:
          bolus: {model: pk.ant, days: 30, doses: [{day: 0, into: Central, amount: 100}]}
        outcomes:
          - {id: high, scenario: bolus, observable: Concentration, time: at 1, statistic: share_above 10 1}
        except: [Q]

        """;

    private const string Card = """
        title: A toy
        kind: module
        question: What is it?
        not_for: anything
        files: [diseases/toy.ant]

        """;

    private readonly ToyRoot _root = new();

    public Desk()
    {
        Write("studies/toy.yaml", Study);
        Write("studies/published.csv", Published);
        Write("own.ant", Own);
        Write("own.xml", Sbml);
        Write("composed.xml", Composed);
        Write("fit/pk.ant", DrugModel);
        Write("fit/fit.yaml", Fit);
        Write("fit/targets.csv", Targets);
        Write("fit/elasticities.yaml", Elasticities);
        Write("models/cards/toy.yaml", Card);
        Write("models/tables.csv", "table,holds\nparameters.csv,common\n");
        Write("models/modules/counted.csv", "group,species,below,above,note\nLeukaemia,Leuk,10,20,enough\n");
        Write("models/therapies/largest_doses.csv", "drug,amount,unit,kind,source,note\nadult_weight,80,kg,assumed,,toy\nadult_surface,2,m2,assumed,,toy\npill,40,mg,assumed,,toy\n");
        Write("effects.csv", "id,switch,disease,context,observable,statistic,op,value,value2,unit,subgroup_rule,on_vs_off_sign,alternative,needs\na1,evasion.shield,toy,none,blasts,median_of_paired_ratios,<=,0.95,,,all,down,,\n");
        Write("facts.csv", "id,fact,switch,disease,context,rule,observable,statistic,published,spread,scale,unit,excuse\nf1,a fact,,toy,none,all,blasts,median,1,0.5,linear,G,\n");
        Sound = Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/')).Order(StringComparer.Ordinal).ToList();
    }

    /// <summary>The folder.</summary>
    public string Root => _root.Root;

    /// <summary>Every file, relative to the folder.</summary>
    public IReadOnlyList<string> Sound { get; }

    public string PathOf(string name) => Path.Combine(Root, name);

    public string Text(string name) => File.ReadAllText(PathOf(name));

    public string Write(string name, string text) => _root.Write(name, text);

    /// <summary>Everything that is in the folder now, with its size.</summary>
    public IReadOnlyList<string> Contents() =>
        [.. Directory.EnumerateFileSystemEntries(Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(e => File.Exists(e) ? $"{e} {new FileInfo(e).Length}" : e)];

    public void Dispose() => _root.Dispose();

    /// <summary>A file of the data of these tests.</summary>
    internal static string DataFile(string name) => Repository.PathOf($"tests/data/malformed/{name}");
}
