namespace Marrow.Numerics.Vectors;

/// <summary>The operations from which <see cref="ElementaryFunctions"/> are built, for one width. Each is correctly rounded or acts
/// on bits, so every width and every machine gives the same bits. A mask is a value with all bits set, or none.</summary>
/// <typeparam name="V">A vector of doubles, or a double.</typeparam>
internal interface ILaneOperations<V>
  where V : struct
{
    /// <summary>The same value in every lane.</summary>
    static abstract V Create(double value);

    /// <summary>a + b</summary>
    static abstract V Add(V a, V b);

    /// <summary>a - b</summary>
    static abstract V Subtract(V a, V b);

    /// <summary>a b</summary>
    static abstract V Multiply(V a, V b);

    /// <summary>a / b</summary>
    static abstract V Divide(V a, V b);

    /// <summary>a b + c, rounded once.</summary>
    static abstract V Fma(V a, V b, V c);

    /// <summary>-a</summary>
    static abstract V Negate(V a);

    /// <summary>|a|</summary>
    static abstract V Abs(V a);

    /// <summary>Mask of a &lt; b; false for NaN.</summary>
    static abstract V Less(V a, V b);

    /// <summary>Mask of a == b; false for NaN.</summary>
    static abstract V Equal(V a, V b);

    /// <summary>a where the mask is set, else b.</summary>
    static abstract V Select(V mask, V a, V b);

    /// <summary>Bitwise a and b.</summary>
    static abstract V And(V a, V b);

    /// <summary>Bitwise a or b.</summary>
    static abstract V Or(V a, V b);

    /// <summary>Bitwise a and not b.</summary>
    static abstract V AndNot(V a, V b);

    /// <summary>Bit patterns added as 64-bit integers.</summary>
    static abstract V AddBits(V a, V b);

    /// <summary>Bit patterns shifted left by 52: the low 12 bits become sign and exponent.</summary>
    static abstract V BitsToExponent(V a);

    /// <summary>Bit patterns shifted right by 52, zeros coming in.</summary>
    static abstract V ExponentToBits(V a);

    /// <summary>A scalar function in each lane.</summary>
    static abstract V Map(Func<double, double> function, V x);
}
