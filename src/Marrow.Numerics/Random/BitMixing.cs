namespace Marrow.Numerics.Random;

/// <summary>Hashing of 64-bit words.</summary>
internal static class BitMixing
{
    /// <summary>A bijection of 64 bits in which every input bit flips every output bit with probability near one half:
    /// the finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014, doi:10.1145/2714064.2660195) after one golden-ratio step.</summary>
    public static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    /// <summary>The 52 high bits as a double at the middle of its cell, (floor(x / 2^12) + 1/2) 2^-52: exact, never 0, never 1.</summary>
    public static double ToOpenUnitInterval(ulong x) => ((x >> 12) + 0.5) * (1.0 / (1UL << 52));
}
