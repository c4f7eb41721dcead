using Orchestrator.Search.Algorithms.Sobol;

namespace Orchestrator.Search.Tests;

public sealed class SobolTests
{
    /// <summary>
    /// The 66th point of Joe and Kuo's own generator, which steps in Gray code order, so that it is the point of index 65 xor 32; times 2^32.
    /// </summary>
    private static readonly uint[] Reference =
    [
        2248146944, 3858759680, 1375731712, 1442840576, 637534208, 4060086272, 704643072, 3053453312, 1040187392, 2650800128, 1912602624, 3120562176, 3992977408,
        100663296, 1308622848, 33554432, 1644167168, 3523215360, 3657433088, 1912602624, 905969664, 1912602624, 2382364672, 3657433088, 1241513984, 1577058304,
        1040187392, 3456106496, 3120562176, 2785017856, 3925868544, 1308622848, 3724541952, 503316480, 2181038080, 369098752, 503316480, 3590324224, 301989888, 905969664,
    ];

    [Fact]
    public void Plain_EveryDimension_IsThatOfTheReference()
    {
        Assert.Equal(Reference.Length, SobolSequence.Dimensions);
        for (var dimension = 0; dimension < Reference.Length; dimension++) Assert.Equal(Reference[dimension], SobolSequence.Plain(65 ^ 32, dimension));
    }

    [Fact]
    public void At_FirstPowerOfTwo_PutsOnePointInEachInterval()
    {
        for (var dimension = 0; dimension < SobolSequence.Dimensions; dimension++)
        {
            var intervals = Enumerable.Range(0, 256).Select(i => (int)(SobolSequence.At((uint)i, dimension, 12345) * 256)).ToHashSet();
            Assert.Equal(256, intervals.Count);
        }
    }

    [Fact]
    public void At_FirstTwoDimensions_PutsOnePointInEachBoxOfANet()
    {
        foreach (var columns in new[] { 2, 4, 8, 16, 32 })
        {
            var boxes = Enumerable.Range(0, 64).Select(i => ((int)(SobolSequence.At((uint)i, 0, 7) * columns), (int)(SobolSequence.At((uint)i, 1, 99) * (64 / columns)))).ToHashSet();
            Assert.Equal(64, boxes.Count);
        }
    }
}
