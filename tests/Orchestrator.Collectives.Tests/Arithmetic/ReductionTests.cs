using System.Buffers;
using System.Runtime.InteropServices;
using Orchestrator.Collectives.Arithmetic;
using Orchestrator.Collectives.Tests.Ring;

namespace Orchestrator.Collectives.Tests.Arithmetic;

public sealed class ReductionTests
{
    [Theory]
    [InlineData(ReduceOperation.Sum)]
    [InlineData(ReduceOperation.Max)]
    [InlineData(ReduceOperation.Min)]
    public void Combine_EveryLengthAndSplit_MatchesOneByOne(ReduceOperation operation)
    {
        for (var length = 0; length < 70; length++)
        {
            var left = Enumerable.Range(0, length).Select(i => i * 0.5f - 7).ToArray();
            var right = Enumerable.Range(0, length).Select(i => 9f - i).ToArray();
            var expected = left.Zip(right, (a, b) => operation switch { ReduceOperation.Sum => a + b, ReduceOperation.Max => Math.Max(a, b), _ => Math.Min(a, b) }).ToArray();
            var bytes = MemoryMarshal.AsBytes<float>(right).ToArray();
            foreach (var source in (ReadOnlySequence<byte>[])[new(bytes), RingChunkFormatTests.Split(bytes)])
            {
                var target = left.ToArray();
                Reduction.Combine(MemoryMarshal.AsBytes(target.AsSpan()), ElementType.Float32, operation, source);
                Assert.Equal(expected, target);
            }
        }
    }

    [Theory]
    [InlineData(ReduceOperation.Sum)]
    [InlineData(ReduceOperation.Max)]
    [InlineData(ReduceOperation.Min)]
    public void Combine_NotANumberOnEitherSide_IsKept(ReduceOperation operation)
    {
        var target = Enumerable.Repeat(1.0, 37).ToArray();
        var source = Enumerable.Repeat(2.0, 37).ToArray();
        target[3] = target[36] = double.NaN;
        source[5] = source[35] = double.NaN;

        Reduction.Combine(MemoryMarshal.AsBytes(target.AsSpan()), ElementType.Float64, operation, MemoryMarshal.AsBytes<double>(source));

        Assert.Equal([3, 5, 35, 36], Enumerable.Range(0, 37).Where(i => double.IsNaN(target[i])));
    }
}
