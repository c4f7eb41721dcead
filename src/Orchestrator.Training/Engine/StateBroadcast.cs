using System.Runtime.InteropServices;
using Orchestrator.Collectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Orchestrator.Training.Engine;

/// <summary>Gives every rank the state of rank 0: only that one reads checkpoints, and all begin with the same bits.</summary>
internal static class StateBroadcast
{
    private const int Root = 0;

    internal static void Run(TrainingState state, IProcessGroup group, CancellationToken abort)
    {
        if (group.WorldSize == 1)
            return;
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        SendPosition(state, group, abort);
        foreach (var tensor in state.Networks.SelectMany(Tensors))
            Send(tensor, group, abort);
    }

    /// <summary>Gives every rank the buffers of rank 0, such as the running means of its rows: each rank's own are of other rows.</summary>
    internal static void RunBuffers(TrainingState state, IProcessGroup group, CancellationToken abort)
    {
        if (group.WorldSize == 1)
            return;
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        foreach (var (_, values) in state.Networks.SelectMany(network => network.Buffers))
            Send(values, group, abort);
    }

    private static IEnumerable<Tensor> Tensors(NetworkState network) =>
        [network.Parameters.Values, .. network.Optimizer.State.Select(entry => entry.Values), .. network.Buffers.Select(entry => entry.Values)];

    private static void SendPosition(TrainingState state, IProcessGroup group, CancellationToken abort)
    {
        // Counters are far below 2^53, where doubles are exact.
        var numbers = GC.AllocateArray<double>(3 + (2 * state.Networks.Count), pinned: true);
        (numbers[0], numbers[1], numbers[2]) = (state.Epoch, state.BatchInEpoch, state.Step);
        for (var i = 0; i < state.Networks.Count; i++)
            (numbers[3 + (2 * i)], numbers[4 + (2 * i)]) = (state.Networks[i].Updates, state.LossSums[i]);
        Waiting.For(group.BroadcastAsync(ReduceBuffer.From(numbers), Root, abort));
        (state.Epoch, state.BatchInEpoch, state.Step) = ((int)numbers[0], (int)numbers[1], (long)numbers[2]);
        for (var i = 0; i < state.Networks.Count; i++)
            (state.Networks[i].Updates, state.LossSums[i]) = ((long)numbers[3 + (2 * i)], numbers[4 + (2 * i)]);
    }

    private static void Send(Tensor tensor, IProcessGroup group, CancellationToken abort)
    {
        var direct = tensor.device_type == DeviceType.CPU && tensor.dtype == ScalarType.Float32 && tensor.is_contiguous();
        var buffer = direct ? tensor : tensor.to(ScalarType.Float64).cpu().contiguous();
        var view = direct
            ? ReduceBuffer.From(MemoryMarshal.Cast<byte, float>(buffer.bytes))
            : ReduceBuffer.From(MemoryMarshal.Cast<byte, double>(buffer.bytes));
        Waiting.For(group.BroadcastAsync(view, Root, abort));
        if (!direct)
            tensor.copy_(buffer);
    }
}
