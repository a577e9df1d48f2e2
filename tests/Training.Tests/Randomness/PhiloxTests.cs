using System.Numerics;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Tests.Randomness;

public sealed class PhiloxTests
{
    // The known answers that the paper's authors publish with Random123.
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0ul, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(~0u, ~0u, ~0u, ~0u, ~0ul, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0x299f31d0a4093822ul, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void BlocksAreThePublishedOnes(uint c0, uint c1, uint c2, uint c3, ulong key, uint w0, uint w1, uint w2, uint w3) =>
        Philox.Block(c0, c1, c2, c3, key).ShouldBe((w0, w1, w2, w3));

    [Fact]
    public void LanesAreTheBlocksOfTheirCounters()
    {
        var counters = new Vector<uint>(0xFFFF_FFF0) + Vector<uint>.Indices;

        var (w0, w1, w2, w3) = Philox.Blocks(counters, 7, 0xDEAD_BEEF, 9, 0x0123_4567_89AB_CDEF);

        for (var lane = 0; lane < Vector<uint>.Count; lane++)
            (w0[lane], w1[lane], w2[lane], w3[lane]).ShouldBe(Philox.Block(counters[lane], 7, 0xDEAD_BEEF, 9, 0x0123_4567_89AB_CDEF));
    }
}
