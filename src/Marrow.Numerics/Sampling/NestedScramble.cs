using Marrow.Numerics.Random;

namespace Marrow.Numerics.Sampling;

/// <summary>Nested uniform scrambling of binary digits (Owen 1995, doi:10.1007/978-1-4612-2552-2_19): each digit is flipped, or not,
/// by a coin that belongs to the digits before it.</summary>
internal static class NestedScramble
{
    private const int Digits = 32;
    private const int DigitsPerHash = 4;

    /// <summary>Scrambles 32 digits, the most significant first. The coins are hashes of the key and the node of the digit tree;
    /// one hash holds the fifteen coins of a subtree of four levels.</summary>
    public static uint Apply(uint digits, ulong key)
    {
        uint result = 0;
        for (var level = 0; level < Digits; level += DigitsPerHash)
        {
            // The digits before this level under a leading 1 number the nodes of all levels without repeats.
            var node = (1UL << level) | ((ulong)digits >> (Digits - level));
            var coins = BitMixing.Mix(key + node);
            var four = (digits >> (Digits - DigitsPerHash - level)) & 15;
            for (var depth = 0; depth < DigitsPerHash; depth++)
            {
                var subnode = (1u << depth) | (four >> (DigitsPerHash - depth));
                var digit = (four >> (DigitsPerHash - 1 - depth)) & 1;
                result = (result << 1) | (digit ^ ((uint)(coins >> (int)subnode) & 1));
            }
        }

        return result;
    }
}
