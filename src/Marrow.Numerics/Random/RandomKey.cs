using System.Text;

namespace Marrow.Numerics.Random;

/// <summary>What a random number is for. Draws are keyed by the name of their purpose, so they do not depend on the order in
/// which a program asks for them, and adding a purpose changes no other.</summary>
public static class Purpose
{
    /// <summary>The 32-bit FNV-1a hash of the name's UTF-8 bytes (Fowler, Noll and Vo; IETF draft-eastlake-fnv).</summary>
    /// <param name="name">For example <c>crs residual</c>.</param>
    public static uint Of(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var hash = 2166136261u;
        foreach (var value in Encoding.UTF8.GetBytes(name))
            hash = (hash ^ value) * 16777619u;
        return hash;
    }
}

/// <summary>The address of a stream of random numbers. Equal keys give equal numbers, whatever thread, lane, process or machine
/// asks; different keys give streams that do not overlap.</summary>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Purpose">What the numbers are for: <see cref="Random.Purpose.Of"/> of a name.</param>
/// <param name="Identity">Whose they are: patient, cell, replicate.</param>
/// <param name="Step">Which use, where one identity has several in order (visit, time step).</param>
/// <remarks>Philox' 64-bit key is a hash of seed and purpose that is one-to-one in either with the other fixed; its 128-bit counter
/// holds identity (64), step (32) and the block of four words within the stream (32).</remarks>
public readonly record struct RandomKey(ulong Seed, uint Purpose, ulong Identity = 0, uint Step = 0)
{
    /// <summary>A stream at its beginning.</summary>
    public RandomStream Stream() => new(this);

    /// <summary>Philox' key.</summary>
    internal ulong PhiloxKey => BitMixing.Mix(Seed ^ BitMixing.Mix(Purpose));
}
