using Marrow.Networks.Diagnostics;
using Marrow.Tests.House;
using Marrow.Trials.Experiments;

namespace Marrow.Tests.Models;

/// <summary>What becomes of a thousand blasts in healthy people.</summary>
public sealed class FateTests
{
    private const int Patients = 40;
    private const double OneCell = 1e-9, Overt = 0.25;

    private static (int Eliminated, int Held, int Escaped) Fates(CohortRunner runner, double division)
    {
        var scenario = new Scenario
        {
            Name = "surveillance",
            Days = 2000,
            Start = new ScenarioStart { Kind = StartKind.Seed, SeedCells = 1000 },
            Settings = [new Setting("rho", SettingKind.Multiply, division, SettingPhase.Life)],
        };
        var fates = runner.Run(scenario, [.. Enumerable.Range(0, Patients)], 5, 0, course =>
        {
            var readouts = course.Readouts!;
            var last = readouts.Times.Count - 1;
            if (Enumerable.Range(0, last + 1).Any(row => readouts.Value("BlastShare", row) >= Overt)) return 2;
            return readouts.Value("Burden", last) < OneCell ? 0 : 1;
        });
        return (fates.Count(f => f == 0), fates.Count(f => f == 1), fates.Count(f => f == 2));
    }

    [Fact]
    public void Elimination_equilibrium_and_escape_all_occur_and_shift_with_division()
    {
        var bag = new DiagnosticBag();
        var model = CohortModel.Load(CohortFiles.InRepository(Repository.Root, "bcp_all"), bag);
        Assert.NotNull(model);
        var runner = new CohortRunner(model, new Dictionary<string, string>(StringComparer.Ordinal));
        var (slow, usual, fast) = (Fates(runner, 0.5), Fates(runner, 1), Fates(runner, 2));

        // Matched people: each share moves with division, none of them at once from nobody to everybody.
        Assert.True(slow.Escaped < usual.Escaped && usual.Escaped <= fast.Escaped, $"{slow}, {usual}, {fast}");
        Assert.True(slow.Eliminated > usual.Eliminated, $"{slow}, {usual}, {fast}");
        Assert.True(slow is { Eliminated: > 0, Held: > 0, Escaped: > 0 }, $"{slow}");
        Assert.InRange(usual.Escaped, 1, Patients - 1);
    }
}
