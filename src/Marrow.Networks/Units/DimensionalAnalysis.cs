using Marrow.Networks.Diagnostics;
using Marrow.Networks.Structure;

namespace Marrow.Networks.Units;

/// <summary>Checks that the units of every rate law, rule, initial value and event fit together.
/// A literal without unit is dimensionless; zero and infinity fit anything. Networks read from SBML are checked by SBML's own rules
/// (<see cref="SbmlUnitRules"/>), unless the strict ones are asked for.</summary>
public static class DimensionalAnalysis
{
    /// <summary>Checks a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="bag">Receives every problem.</param>
    /// <param name="strict">Problems are errors, time is in days unless the model defines <c>time_unit</c>, and every quantity needs a unit.
    /// Otherwise problems are warnings, and quantities without unit fit anything.</param>
    public static void Check(ReactionNetwork network, DiagnosticBag bag, bool strict) => Check(network, new Reporter(bag), strict);

    internal static void Check(ReactionNetwork network, Reporter reporter, bool strict)
    {
        if (network.SbmlUnits is { } sbml && !strict)
        {
            new SbmlUnitRules(network, sbml, reporter).Check();
            return;
        }
        var report = new UnitReport(reporter, strict ? Severity.Error : Severity.Warning);
        var quantities = new QuantityUnits(network, report, strict);
        new FormulaChecks(network, quantities, report).Run();
    }

    /// <summary>What each formula of a network must measure.</summary>
    private sealed class FormulaChecks(ReactionNetwork network, QuantityUnits quantities, UnitReport report)
    {
        private readonly ExpressionUnits _units = quantities.Expressions;

        public void Run()
        {
            foreach (var reaction in network.Reactions) Reaction(reaction);
            foreach (var rule in network.AssignmentRules) Fits(rule.Value, quantities.Declared(rule.Variable), $"'{rule.Variable}'", isStart: false);
            foreach (var rule in network.RateRules) Fits(rule.Rate, quantities.PerTime(quantities.Of(rule.Variable)), $"the rate of '{rule.Variable}'", isStart: false);
            foreach (var parameter in network.Parameters.Where(p => p.Value is not null)) Fits(parameter.Value!, quantities.Declared(parameter.Id), $"'{parameter.Id}'", isStart: true);
            foreach (var compartment in network.Compartments.Where(c => c.Size is not null)) Fits(compartment.Size!, quantities.Declared(compartment.Id), $"'{compartment.Id}'", isStart: true);
            foreach (var species in network.Species.Where(s => s.Initial is not null))
            {
                Fits(species.Initial!, species.InitialIsAmount ? quantities.Amount(species.Id) : quantities.Concentration(species.Id), $"the start of '{species.Id}'", isStart: true);
            }
            foreach (var @event in network.Events) Event(@event);
        }

        private void Reaction(Reaction reaction)
        {
            var law = _units.Of(reaction.KineticLaw);
            foreach (var id in reaction.Reactants.Concat(reaction.Products).Select(p => p.Species).Distinct())
            {
                if (!report.Agree(quantities.PerTime(quantities.Amount(id)), law, reaction.KineticLaw, $"the change of '{id}'", $"the rate law of '{reaction.Id}'")) return;
            }
        }

        private void Event(NetworkEvent @event)
        {
            _units.Of(@event.Trigger);
            if (@event.Delay is { } delay) Fits(delay, quantities.Time, $"the delay of '{@event.Id}'", isStart: false);
            if (@event.Priority is { } priority) _units.Of(priority);
            foreach (var assignment in @event.Assignments) Fits(assignment.Value, quantities.Of(assignment.Variable), $"'{assignment.Variable}'", isStart: false);
        }

        /// <summary>The number in "x = 3" has the unit of x.</summary>
        private void Fits(Expression value, Unit? expected, string what, bool isStart)
        {
            if (isStart && value is NumberExpression { Unit: null } or ApplyExpression { Function: MathFunction.Negate, Arguments: [NumberExpression { Unit: null }] }) return;
            report.Agree(expected, _units.Of(value), value, what, "its formula");
        }
    }
}
