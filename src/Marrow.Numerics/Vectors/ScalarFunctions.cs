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
}

/// <summary>The functions of <see cref="ScalarFunction"/>. They are the platform's (<see cref="Math"/>; the gamma function is
/// Math.NET's), so their last bits may differ between operating systems: models that must give the same bits everywhere do not use
/// them.</summary>
public static class ScalarFunctions
{
    private static readonly Func<double, double>[] Table = [
      Math.Sin, Math.Cos, Math.Tan, Math.Asin, Math.Acos, Math.Atan, Math.Sinh, Math.Cosh, Math.Tanh,
    Math.Asinh, Math.Acosh, Math.Atanh, Factorial];

    /// <summary>The function as a delegate.</summary>
    public static Func<double, double> Of(ScalarFunction function) => Table[(int)function];

    private static double Factorial(double x) =>
      x >= 0 && x <= 170 && x == Math.Floor(x)
        ? MathNet.Numerics.SpecialFunctions.Factorial((int)x)
        : MathNet.Numerics.SpecialFunctions.Gamma(x + 1);
}
