using Marrow.Numerics.Random;

namespace Marrow.Tests.Random;

public sealed class PhiloxTests
{
    /// <summary>The three known-answer vectors that the authors publish with Random123 (kat_vectors, philox4x32 10).</summary>
    public static TheoryData<uint[], uint[]> KnownAnswers => new()
    {
        { [0, 0, 0, 0, 0, 0], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
        { [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff], [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd] },
        { [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0], [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1] },
    };

    [Theory]
    [MemberData(nameof(KnownAnswers))]
    public void Philox_gives_the_published_answers(uint[] counterAndKey, uint[] expected)
    {
        var (x0, x1, x2, x3) = Philox.Block(counterAndKey[0], counterAndKey[1], counterAndKey[2], counterAndKey[3], counterAndKey[4], counterAndKey[5]);
        uint[] answer = [x0, x1, x2, x3];
        Assert.Equal(expected, answer);
    }

    [Theory]
    [InlineData("a", 0xe40c292cu)]
    [InlineData("foobar", 0xbf9cf968u)]
    public void Purpose_is_the_published_hash_of_its_name(string name, uint expected) => Assert.Equal(expected, Purpose.Of(name));
}
