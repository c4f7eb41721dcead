using Orchestrator.Collectives.Calls;
using Orchestrator.Collectives.Ring;

namespace Orchestrator.Collectives.Tests.Ring;

public sealed class RingPlanTests
{
    [Fact]
    public void AllReduce_PlayedByAllRanks_LeavesEverySumEverywhere()
    {
        foreach (var worldSize in (int[])[2, 3, 4, 7])
        {
            foreach (var count in (int[])[0, 1, 2, 6, 7, 100])
            {
                var buffers = Enumerable.Range(0, worldSize).Select(rank => Enumerable.Range(0, count).Select(i => 1L << rank).ToArray()).ToArray();
                Play(new(CallKind.AllReduce, new(0, count, ElementType.Float64), default, 0), buffers);
                Assert.All(buffers.SelectMany(buffer => buffer), sum => Assert.Equal((1L << worldSize) - 1, sum));
            }
        }
    }

    [Fact]
    public void Broadcast_PlayedByAllRanks_LeavesTheRootsValuesEverywhere()
    {
        for (var root = 0; root < 4; root++)
        {
            var buffers = Enumerable.Range(0, 4).Select(rank => Enumerable.Repeat((long)rank, 10).ToArray()).ToArray();
            Play(new(CallKind.Broadcast, new(0, 10, ElementType.Float64), default, root), buffers);
            Assert.All(buffers.SelectMany(buffer => buffer), value => Assert.Equal(root, value));
        }
    }

    [Fact]
    public void Cursor_BothEndsOfAStream_WalkAlike()
    {
        var call = new CallDescription(CallKind.AllReduce, new(0, 1001, ElementType.Float32), default, 0);
        for (var rank = 0; rank < 3; rank++)
        {
            var sent = Walk(new(call, rank, 3), sending: true);
            var received = Walk(new(call, (rank + 1) % 3, 3), sending: false);
            Assert.Equal(sent, received);
            Assert.All(sent, chunk => Assert.InRange(chunk.Chunk.Length, 1, 100));
        }
    }

    private static List<(int Step, Segment Chunk)> Walk(RingPlan plan, bool sending)
    {
        List<(int, Segment)> chunks = [];
        var cursor = default(RingCursor);
        while (cursor.TryPeek(plan, sending, 100, out var step, out var chunk))
        {
            chunks.Add((step, chunk));
            cursor.Advance(chunk);
        }
        return chunks;
    }

    private static void Play(CallDescription call, long[][] buffers)
    {
        var worldSize = buffers.Length;
        var plans = buffers.Select((_, rank) => new RingPlan(call, rank, worldSize)).ToArray();
        // A broadcast's single step runs from the root on, one rank after the other.
        var order = Enumerable.Range(0, worldSize).Select(i => (call.Root + i) % worldSize).ToArray();
        for (var step = 0; step < plans.Max(plan => plan.SendSteps); step++)
        {
            var sent = plans.Select((plan, rank) => call.Kind == CallKind.AllReduce ? Slice(buffers[rank], plan.Sent(step)).ToArray() : null).ToArray();
            foreach (var rank in order.Where(rank => step < plans[rank].SendSteps))
            {
                var next = (rank + 1) % worldSize;
                var target = Slice(buffers[next], plans[next].Received(step));
                var source = sent[rank] ?? Slice(buffers[rank], plans[rank].Sent(step)).ToArray();
                for (var i = 0; i < source.Length; i++)
                    target[i] = step < plans[next].CombiningSteps ? target[i] + source[i] : source[i];
            }
        }
    }

    private static Span<long> Slice(long[] buffer, Segment segment) => buffer.AsSpan((int)segment.Offset / sizeof(long), (int)segment.Length / sizeof(long));
}
