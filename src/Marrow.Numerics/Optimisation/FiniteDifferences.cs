namespace Marrow.Numerics.Optimisation;

/// <summary>Jacobians by differences, all points in one batch.</summary>
internal static class FiniteDifferences
{
    /// <summary>d residual i / d variable j at [i, j].</summary>
    public static double[,] Jacobian(BatchFunction function, double[] x, double[] atX, Box box, LeastSquaresOptions options)
    {
        var points = new List<double[]>();
        var sides = new (int Up, int Down)[x.Length];
        for (var j = 0; j < x.Length; j++)
        {
            var up = x[j] + options.DifferenceStep <= box.Upper[j];
            var down = x[j] - options.DifferenceStep >= box.Lower[j] && (options.Central || !up);
            sides[j] = (Add(up, j, options.DifferenceStep), Add(down, j, -options.DifferenceStep));
        }
        var values = function(points);
        var jacobian = new double[atX.Length, x.Length];
        for (var j = 0; j < x.Length; j++)
        {
            for (var i = 0; i < atX.Length; i++)
            {
                var up = sides[j].Up < 0 ? double.NaN : values[sides[j].Up][i];
                var down = sides[j].Down < 0 ? double.NaN : values[sides[j].Down][i];
                jacobian[i, j] = Slope(up, atX[i], down, options.DifferenceStep);
            }
        }
        return jacobian;

        int Add(bool wanted, int variable, double step)
        {
            if (!wanted) return -1;
            double[] moved = [.. x];
            moved[variable] += step;
            points.Add(moved);
            return points.Count - 1;
        }
    }

    private static double Slope(double up, double middle, double down, double step) => (double.IsFinite(up), double.IsFinite(down)) switch
    {
        (true, true) => (up - down) / (2 * step),
        (true, false) => (up - middle) / step,
        (false, true) => (middle - down) / step,
        _ => 0,
    };
}
