namespace Marrow.Numerics.Random;

/// <summary>The elementary functions that draws are made with, in one place because their bits must be the same on every platform.</summary>
internal static class Elementary
{
    public static double Log(double x) => Math.Log(x);

    public static double Exp(double x) => Math.Exp(x);

    /// <summary>log(1 + x) with the rounding error of 1 + x divided out (Goldberg 1991, theorem 4, doi:10.1145/103162.103163).</summary>
    public static double LogOnePlus(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : Log(sum) * (x / (sum - 1));
    }
}
