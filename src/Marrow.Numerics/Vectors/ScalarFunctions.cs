namespace Marrow.Numerics.Vectors;

/// <summary>Functions that are rare in kernels and applied to one lane after another.</summary>
public enum ScalarFunction
{
    /// <summary>sine</summary>
    Sin,
    /// <summary>cosine</summary>
    Cos,
    /// <summary>tangent</summary>
    Tan,
    /// <summary>arc sine</summary>
    Asin,
    /// <summary>arc cosine</summary>
    Acos,
    /// <summary>arc tangent</summary>
    Atan,
    /// <summary>hyperbolic sine</summary>
    Sinh,
    /// <summary>hyperbolic cosine</summary>
    Cosh,
    /// <summary>hyperbolic tangent</summary>
    Tanh,
    /// <summary>inverse hyperbolic sine</summary>
    Asinh,
    /// <summary>inverse hyperbolic cosine</summary>
    Acosh,
    /// <summary>inverse hyperbolic tangent</summary>
    Atanh,
    /// <summary>x! = gamma(x + 1)</summary>
    Factorial,
    /// <summary>derivative of ln gamma(x)</summary>
    Digamma,
    /// <summary>second derivative of ln gamma(x)</summary>
    Trigamma,
    /// <summary>third derivative of ln gamma(x)</summary>
    Tetragamma,
}

/// <summary>The functions of <see cref="ScalarFunction"/>. They are the platform's (<see cref="Math"/>; the gamma function is
/// Math.NET's), so their last bits may differ between operating systems: models that must give the same bits everywhere do not use
/// them.</summary>
public static class ScalarFunctions
{
    private static readonly Func<double, double>[] Table = [
      Math.Sin, Math.Cos, Math.Tan, Math.Asin, Math.Acos, Math.Atan, Math.Sinh, Math.Cosh, Math.Tanh,
    Math.Asinh, Math.Acosh, Math.Atanh, Factorial, MathNet.Numerics.SpecialFunctions.DiGamma, x => Polygamma(1, x), x => Polygamma(2, x)];

    /// <summary>The function as a delegate.</summary>
    public static Func<double, double> Of(ScalarFunction function) => Table[(int)function];

    private static double Factorial(double x) =>
      x >= 0 && x <= 170 && x == Math.Floor(x)
        ? MathNet.Numerics.SpecialFunctions.Factorial((int)x)
        : MathNet.Numerics.SpecialFunctions.Gamma(x + 1);

    /// <summary>Trigamma and tetragamma, to about 1e-12 relative above 0: recurrence up to 12, then the asymptotic series
    /// (Abramowitz and Stegun 6.4.6, 6.4.12 and 6.4.13). Below 0 by recurrence alone, so not far below.</summary>
    private static double Polygamma(int order, double x)
    {
        if (!(x > -1000)) return double.NaN;
        double sum = 0;
        for (; x < 12; x++) sum += order == 1 ? 1 / (x * x) : -2 / (x * x * x);
        var y = 1 / (x * x);
        return order == 1
            ? sum + (1 / x) + (y / 2) + (y / x * ((1.0 / 6) - (y * ((1.0 / 30) - (y * ((1.0 / 42) - (y * ((1.0 / 30) - (y * 5 / 66)))))))))
            : sum - y - (y / x) - (y * y * (0.5 - (y * ((1.0 / 6) - (y * ((1.0 / 6) - (y * (0.3 - (y * 5 / 6)))))))));
    }
}
