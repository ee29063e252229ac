using Marrow.Exchange.Petab;
using Marrow.Networks.Diagnostics;
using Marrow.Tests.Cli;
using Marrow.Tests.Sbml;

namespace Marrow.Tests.Exchange;

/// <summary>A PEtab problem in a folder of its own: a model with closed solutions, and tables that a test gives or changes.</summary>
/// <remarks>In the model A decays, dA/dt = -k A, from A = a0 = 3, in a compartment of size 2; X grows and decays, dX/dt = b - c X, from 0.</remarks>
internal sealed class PetabFolder : IDisposable
{
    private const string Rates = """
        <listOfSpecies>
          <species id='A' compartment='C' initialConcentration='3' hasOnlySubstanceUnits='false' boundaryCondition='false' constant='false'/>
          <species id='F' compartment='C' initialConcentration='0' hasOnlySubstanceUnits='false' boundaryCondition='true' constant='false'/>
        </listOfSpecies>
        <listOfParameters>
          <parameter id='k' value='0.5' constant='true'/><parameter id='b' value='4' constant='true'/><parameter id='c' value='2' constant='true'/>
          <parameter id='twice' constant='true'/><parameter id='X' value='0' constant='false'/><parameter id='both' constant='false'/>
        </listOfParameters>
        """;

    private readonly TemporaryFolder _folder = new();

    public PetabFolder()
    {
        Write("model.xml", SbmlText.Model(
            SbmlText.Compartment + Rates
            + $"<listOfInitialAssignments><initialAssignment symbol='twice'>{SbmlText.Math("<apply><times/><cn>2</cn><ci>A</ci></apply>")}</initialAssignment></listOfInitialAssignments>"
            + $"<listOfRules><assignmentRule variable='both'>{SbmlText.Math("<apply><plus/><ci>A</ci><ci>X</ci></apply>")}</assignmentRule>"
            + $"<rateRule variable='X'>{SbmlText.Math("<apply><minus/><ci>b</ci><apply><times/><ci>c</ci><ci>X</ci></apply></apply>")}</rateRule></listOfRules>"
            + "<listOfReactions><reaction id='decay' reversible='false'><listOfReactants><speciesReference species='A' stoichiometry='1' constant='true'/></listOfReactants>"
            + $"<kineticLaw>{SbmlText.Math("<apply><times/><ci>k</ci><ci>A</ci><ci>C</ci></apply>")}</kineticLaw></reaction></listOfReactions>"));
        Table("conditions", "conditionId", "c0");
        Table("parameters", "parameterId|parameterScale|lowerBound|upperBound|nominalValue|estimate", "k|lin|0|10|0.25|1");
        Table("observables", "observableId|observableFormula|noiseFormula", "o|A|0.5");
        Table("measurements", "observableId|simulationConditionId|measurement|time", "o|c0|1|2");
        Write("problem.yaml", """
            format_version: 1
            parameter_file: parameters.tsv
            problems:
            - sbml_files: [model.xml]
              condition_files: [conditions.tsv]
              measurement_files: [measurements.tsv]
              observable_files: [observables.tsv]
            """);
    }

    public string Problem => _folder.PathOf("problem.yaml");

    public string PathOf(string name) => _folder.PathOf(name);

    public void Write(string name, string text) => _folder.Write(name, text);

    /// <summary>A table with <c>|</c> for the tabs.</summary>
    public PetabFolder Table(string name, params string[] rows)
    {
        Write(name + ".tsv", string.Join('\n', rows).Replace('|', '\t') + "\n");
        return this;
    }

    /// <summary>The problem in the form of version 2: the same model; tables of conditions, experiments and the rest as the test gives them.</summary>
    public PetabFolder Second()
    {
        Table("conditions", "conditionId|targetId|targetValue");
        Table("experiments", "experimentId|time|conditionId");
        Table("parameters", "parameterId|lowerBound|upperBound|nominalValue|estimate|priorDistribution|priorParameters", "k|0|10|0.25|true||");
        Table("measurements", "observableId|experimentId|measurement|time", "o||1|2");
        Write("problem.yaml", """
            format_version: 2.0.0
            model_files:
              m: { language: sbml, location: model.xml }
            parameter_files: [parameters.tsv]
            condition_files: [conditions.tsv]
            experiment_files: [experiments.tsv]
            measurement_files: [measurements.tsv]
            observable_files: [observables.tsv]
            """);
        return this;
    }

    public PetabEvaluation Evaluate()
    {
        var bag = new DiagnosticBag();
        var problem = PetabProblem.Load(Problem, bag);
        Assert.True(problem is not null, string.Join('\n', bag.Items));
        return PetabEvaluation.Evaluate(problem, cancel: TestContext.Current.CancellationToken);
    }

    /// <summary>The simulated values, row by row.</summary>
    public double[] Simulate()
    {
        using var text = new StringWriter();
        Evaluate().WriteTable(text);
        var lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var place = Array.IndexOf(lines[0].Split('\t'), "simulation");
        return [.. lines.Skip(1).Select(line => double.Parse(line.Split('\t')[place], System.Globalization.CultureInfo.InvariantCulture))];
    }

    /// <summary>Every problem that reading finds.</summary>
    public IReadOnlyList<Diagnostic> Check()
    {
        var bag = new DiagnosticBag();
        PetabProblem.Load(Problem, bag);
        return bag.Items;
    }

    public void Dispose() => _folder.Dispose();
}
