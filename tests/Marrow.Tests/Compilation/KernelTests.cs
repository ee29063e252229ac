using Marrow.Networks.Compilation;
using Marrow.Numerics.Ode;

namespace Marrow.Tests.Compilation;

public class KernelTests
{
    private const int Lanes = LaneLayout.Lanes;

    private static readonly CompiledModel Small = Compile(1), Large = Compile(9);

    private static CompiledModel Compile(int sites) =>
      CompiledModel.Compile(ImmuneModel.Build(sites), new CompileOptions { NonNegativeSpecies = true, Observables = ["Burden", "Free0"] });

    [Theory, InlineData(1), InlineData(9)]
    public void Every_width_gives_the_same_bits(int sites)
    {
        var model = sites == 1 ? Small : Large;
        var widths = new[] { LaneWidth.Eight, LaneWidth.Four, LaneWidth.One }.Select(model.Builder.Kernels).ToArray();
        for (var seed = 0; seed < 5; seed++)
        {
            LaneBlocks eight = new(model, seed), four = new(model, seed), one = new(model, seed);
            eight.RunAll(widths[0]);
            four.RunAll(widths[1]);
            for (var lane = 0; lane < Lanes; lane++) one.RunAll(widths[2], lane);
            foreach (var (a, b, c) in eight.All.Zip(four.All, one.All))
            {
                for (var i = 0; i < a.Length; i++)
                {
                    Assert.True(LaneBlocks.SameBits(a[i], b[i]), $"double {i}: {a[i]:R} in eight lanes, {b[i]:R} in four");
                    Assert.True(LaneBlocks.SameBits(a[i], c[i]), $"double {i}: {a[i]:R} in eight lanes, {c[i]:R} in one");
                }
            }
        }
    }

    [Theory, InlineData(1), InlineData(9)]
    public void Loops_give_the_bits_of_straight_line_code(int sites)
    {
        var options = new CompileOptions { NonNegativeSpecies = true, Observables = ["Burden", "Free0"], LongestFactorisation = 0 };
        CompiledModel straight = sites == 1 ? Small : Large, looped = CompiledModel.Compile(ImmuneModel.Build(sites), options);
        LaneBlocks expected = new(straight, 2), eight = new(looped, 2), one = new(looped, 2);
        expected.RunAll(straight.System.Lanes);
        eight.RunAll(looped.System.Lanes);
        for (var lane = 0; lane < Lanes; lane++) one.RunAll(looped.System.OneLane, lane);
        // The places for work hold what the loops left there.
        Assert.True(SameBits(expected.S, eight.S, expected.S.Length) && SameBits(expected.S, one.S, expected.S.Length));
        var kept = (straight.JacobianEntries.Count + straight.Builder.FactorCount) * Lanes;
        Assert.True(SameBits(expected.M, eight.M, kept) && SameBits(expected.M, one.M, kept));
    }

    private static bool SameBits(double[] a, double[] b, int count) => Enumerable.Range(0, count).All(i => LaneBlocks.SameBits(a[i], b[i]));

    [Fact]
    public void Neighbours_do_not_change_the_bits_of_a_lane()
    {
        LaneBlocks quiet = new(Small, 3), disturbed = new(Small, 3);
        const int Watched = 4;
        foreach (var block in disturbed.All)
        {
            for (var i = 0; i < block.Length; i++)
                if (i % Lanes != Watched) block[i] = i % 3 == 0 ? double.NaN : i % 3 == 1 ? double.PositiveInfinity : -1e300;
        }
        quiet.RunAll(Small.System.Lanes);
        disturbed.RunAll(Small.System.Lanes);
        foreach (var (a, b) in quiet.All.Zip(disturbed.All))
        {
            for (var i = Watched; i < a.Length; i += Lanes) Assert.True(LaneBlocks.SameBits(a[i], b[i]));
        }
    }

    [Theory, InlineData(1), InlineData(9)]
    public void The_right_hand_side_in_lanes_is_that_of_the_plain_function(int sites)
    {
        var model = sites == 1 ? Small : Large;
        var blocks = new LaneBlocks(model, 11);
        blocks.Run(model.System.Lanes.Prepare, blocks.Y, blocks.M);
        blocks.Run(model.System.Lanes.Rhs, blocks.Y, blocks.M);
        blocks.Run(model.System.Lanes.Observables, blocks.Y, blocks.Out);
        var n = model.States.Count;
        double[] dydt = new double[n], observed = new double[2];
        for (var lane = 0; lane < Lanes; lane++)
        {
            model.RightHandSide(blocks.S[lane], blocks.States(lane), blocks.Parameters(lane), dydt);
            model.Evaluate(blocks.S[lane], blocks.States(lane), blocks.Parameters(lane), observed);
            Assert.Equal(dydt, LaneBlocks.Lane(blocks.S, blocks.At.R, n, lane));
            Assert.Equal(observed, LaneBlocks.Lane(blocks.Out, 0, 2, lane));
        }
    }

    [Theory, InlineData(1), InlineData(9)]
    public void The_jacobian_agrees_with_central_differences(int sites)
    {
        var model = sites == 1 ? Small : Large;
        var blocks = new LaneBlocks(model, 5);
        Array.Fill(blocks.S, BitConverter.Int64BitsToDouble(-1), LaneLayout.Mask * Lanes, Lanes);
        blocks.Run(model.System.Lanes.Prepare, blocks.Y, blocks.M);
        blocks.Run(model.System.Lanes.Jacobian, blocks.Z, blocks.M);
        for (var lane = 0; lane < Lanes; lane++)
        {
            var expected = Differences(model, blocks.S[lane], blocks.States(lane), blocks.Parameters(lane));
            var actual = DenseJacobian(blocks, lane);
            for (var i = 0; i < model.States.Count; i++)
            {
                // Truncation h^2 f'''/6 and cancellation eps f/h at h = 1e-5, with f''' of order 1e2 at most here.
                for (var j = 0; j < model.States.Count; j++) Assert.Equal(expected[i, j], actual[i, j], 1e-7 * (1 + Math.Abs(expected[i, j])));
            }
        }
    }

    [Fact]
    public void Lanes_outside_the_mask_keep_their_jacobian()
    {
        var blocks = new LaneBlocks(Small, 5);
        Array.Fill(blocks.M, 7.5);
        blocks.Run(Small.System.Lanes.Prepare, blocks.Y, blocks.M);
        blocks.Run(Small.System.Lanes.Jacobian, blocks.Z, blocks.M);
        for (var k = 0; k < Small.JacobianEntries.Count; k++)
        {
            for (var lane = 0; lane < Lanes; lane++) Assert.Equal(lane % 3 == 2, blocks.M[(k * Lanes) + lane] == 7.5);
        }
    }

    [Theory, InlineData(1), InlineData(9)]
    public void The_sparse_solve_agrees_with_a_dense_one(int sites)
    {
        var model = sites == 1 ? Small : Large;
        var n = model.States.Count;
        var blocks = new LaneBlocks(model, 8);
        var k = model.System.Lanes;
        blocks.Run(k.Prepare, blocks.Y, blocks.M);
        Array.Fill(blocks.S, BitConverter.Int64BitsToDouble(-1), LaneLayout.Mask * Lanes, Lanes);
        blocks.Run(k.Jacobian, blocks.Z, blocks.M);
        blocks.Run(k.Factor, blocks.Z, blocks.M);
        blocks.Run(k.ResidualFirst, blocks.Z, blocks.M);
        var residual = Enumerable.Range(0, Lanes).Select(lane => LaneBlocks.Lane(blocks.S, blocks.At.R, n, lane)).ToArray();
        blocks.Run(k.SolveFirst, blocks.Z, blocks.M);
        for (var lane = 0; lane < Lanes; lane++)
        {
            var gamma = blocks.S[(LaneLayout.Gamma * Lanes) + lane];
            var jacobian = DenseJacobian(blocks, lane);
            var matrix = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(n, n, (i, j) => (i == j ? 1 : 0) - (gamma * jacobian[i, j]));
            var expected = matrix.Solve(MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(residual[lane]));
            var actual = LaneBlocks.Lane(blocks.S, LaneLayout.D, n, lane);
            // Backward error of elimination: n eps times the condition number.
            var tolerance = n * 2.3e-16 * matrix.ConditionNumber() * expected.InfinityNorm();
            double norm = 0;
            for (var i = 0; i < n; i++)
            {
                Assert.Equal(expected[i], actual[i], tolerance);
                norm += Math.Pow(actual[i] * blocks.S[((blocks.At.W + i) * Lanes) + lane], 2);
            }
            Assert.Equal(norm, blocks.S[(LaneLayout.NormDelta * Lanes) + lane], norm * n * 2.3e-16);
            Assert.Equal(norm, blocks.S[(LaneLayout.NormD * Lanes) + lane], norm * n * 2.3e-16);
        }
    }

    [Fact]
    public void The_next_solve_corrects_only_lanes_of_the_mask()
    {
        var blocks = new LaneBlocks(Small, 21);
        var k = Small.System.Lanes;
        var n = Small.States.Count;
        foreach (var kernel in new[] { k.Prepare, k.Jacobian, k.Factor, k.ResidualFirst, k.SolveFirst }) blocks.Run(kernel, kernel == k.Prepare ? blocks.Y : blocks.Z, blocks.M);
        var before = Enumerable.Range(0, Lanes).Select(lane => LaneBlocks.Lane(blocks.S, LaneLayout.D, n, lane)).ToArray();
        blocks.Run(k.ResidualNext, blocks.Z, blocks.M);
        blocks.Run(k.SolveNext, blocks.Z, blocks.M);
        for (var lane = 0; lane < Lanes; lane++)
        {
            var after = LaneBlocks.Lane(blocks.S, LaneLayout.D, n, lane);
            if (lane % 3 == 2) Assert.Equal(before[lane], after);
            else Assert.NotEqual(before[lane], after);
        }
    }

    [Fact]
    public void Residuals_are_those_of_the_corrector_equation()
    {
        var blocks = new LaneBlocks(Small, 2);
        var (k, n) = (Small.System.Lanes, Small.States.Count);
        blocks.Run(k.Prepare, blocks.Y, blocks.M);
        for (var lane = 0; lane < Lanes; lane++)
        {
            for (var i = 0; i < n; i++) blocks.S[((LaneLayout.D + i) * Lanes) + lane] = 0.01 * (i + lane);
        }
        blocks.Run(k.ResidualNext, blocks.Z, blocks.M);
        var f = new double[n];
        for (var lane = 0; lane < Lanes; lane++)
        {
            var d = LaneBlocks.Lane(blocks.S, LaneLayout.D, n, lane);
            double[] y = [.. blocks.States(lane).Zip(d, (a, b) => a + b)];
            Small.RightHandSide(blocks.S[lane], y, blocks.Parameters(lane), f);
            double gamma = blocks.S[(LaneLayout.Gamma * Lanes) + lane], invL1 = blocks.S[(LaneLayout.InvL1 * Lanes) + lane];
            for (var i = 0; i < n; i++)
            {
                var z1 = blocks.Z[(((i * LaneLayout.Rows) + 1) * Lanes) + lane];
                var expected = Math.FusedMultiplyAdd(-invL1, z1, gamma * f[i]) - d[i];
                Assert.Equal(expected, blocks.S[((blocks.At.R + i) * Lanes) + lane]);
            }
        }
    }

    /// <summary>df/dy from the kernel's entries: shared terms, each made of earlier ones, are put in one after another.</summary>
    private static double[,] DenseJacobian(LaneBlocks blocks, int lane)
    {
        var (n, entries) = (blocks.Model.States.Count, blocks.Model.JacobianEntries);
        var rows = Enumerable.Range(0, entries.Max(e => Math.Max(e.Row, e.Column)) + 1).Select(_ => new double[n]).ToArray();
        double entry(int k) => blocks.M[(k * Lanes) + lane];
        foreach (var row in Enumerable.Range(n, rows.Length - n).Concat(Enumerable.Range(0, n)))
        {
            for (var k = 0; k < entries.Count; k++)
            {
                if (entries[k].Row != row) continue;
                if (entries[k].Column < n) rows[row][entries[k].Column] += entry(k);
                else for (var j = 0; j < n; j++) rows[row][j] += entry(k) * rows[entries[k].Column][j];
            }
        }
        var dense = new double[n, n];
        for (var i = 0; i < n; i++) for (var j = 0; j < n; j++) dense[i, j] = rows[i][j];
        return dense;
    }

    private static double[,] Differences(CompiledModel model, double time, double[] y, double[] p)
    {
        const double h = 1e-5;
        var n = y.Length;
        var result = new double[n, n];
        double[] up = new double[n], down = new double[n];
        for (var j = 0; j < n; j++)
        {
            double[] above = [.. y], below = [.. y];
            (above[j], below[j]) = (y[j] + h, y[j] - h);
            model.RightHandSide(time, above, p, up);
            model.RightHandSide(time, below, p, down);
            for (var i = 0; i < n; i++) result[i, j] = (up[i] - down[i]) / (above[j] - below[j]);
        }
        return result;
    }
}
