using System.Runtime.InteropServices;
using Orchestrator.Collectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Orchestrator.Training.Engine;

/// <summary>Gives every rank the state of one of them, so that all go on with the same bits.</summary>
internal static class StateBroadcast
{
    private const int Root = 0;

    internal static void Run(TrainingState state, int root, IProcessGroup group, CancellationToken abort)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        SendPosition(state, root, group, abort);
        SendHistory(state, root, group, abort);
        foreach (var tensor in state.Networks.SelectMany(Tensors))
            Send(tensor, root, group, abort);
    }

    /// <summary>Gives every rank the buffers of rank 0, such as the running means of its rows: each rank's own are of other rows.</summary>
    internal static void RunBuffers(TrainingState state, IProcessGroup group, CancellationToken abort)
    {
        if (group.WorldSize == 1)
            return;
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        foreach (var (_, values) in state.Networks.SelectMany(network => network.Buffers))
            Send(values, Root, group, abort);
    }

    private static IEnumerable<Tensor> Tensors(NetworkState network) =>
        [network.Parameters.Values, .. network.Optimizer.State.Select(entry => entry.Values), .. network.Buffers.Select(entry => entry.Values)];

    private static void SendPosition(TrainingState state, int root, IProcessGroup group, CancellationToken abort)
    {
        // Counters are far below 2^53, where doubles are exact.
        var networks = state.Networks.Count;
        var numbers = GC.AllocateArray<double>(4 + (3 * networks), pinned: true);
        (numbers[0], numbers[1], numbers[2], numbers[3]) = (state.Epoch, state.BatchInEpoch, state.Step, state.UpdatesInStep);
        for (var i = 0; i < networks; i++)
            (numbers[4 + (3 * i)], numbers[5 + (3 * i)], numbers[6 + (3 * i)]) = (state.Networks[i].Updates, state.LossSums[i], state.Losses[i]);
        Waiting.For(group.BroadcastAsync(ReduceBuffer.From(numbers), root, abort));
        (state.Epoch, state.BatchInEpoch, state.Step, state.UpdatesInStep) = ((int)numbers[0], (int)numbers[1], (long)numbers[2], (int)numbers[3]);
        for (var i = 0; i < networks; i++)
            (state.Networks[i].Updates, state.LossSums[i], state.Losses[i]) = ((long)numbers[4 + (3 * i)], numbers[5 + (3 * i)], numbers[6 + (3 * i)]);
    }

    /// <summary>Any rank may become the first one, which writes the history into checkpoints.</summary>
    private static void SendHistory(TrainingState state, int root, IProcessGroup group, CancellationToken abort)
    {
        var own = group.Rank == root ? HistoryFormat.Write(state.History) : [];
        var length = GC.AllocateArray<double>(1, pinned: true);
        length[0] = own.Length;
        Waiting.For(group.BroadcastAsync(ReduceBuffer.From(length), root, abort));
        var numbers = GC.AllocateArray<double>(((int)length[0] + sizeof(double) - 1) / sizeof(double), pinned: true);
        var bytes = MemoryMarshal.AsBytes(numbers.AsSpan());
        own.CopyTo(bytes);
        if (numbers.Length > 0)
            Waiting.For(group.BroadcastAsync(ReduceBuffer.From(numbers), root, abort));
        GC.KeepAlive(numbers); // a view does not
        if (group.Rank == root)
            return;
        state.History.Clear();
        foreach (var epoch in HistoryFormat.Read(bytes[..(int)length[0]]))
            state.Remember(epoch);
    }

    private static void Send(Tensor tensor, int root, IProcessGroup group, CancellationToken abort)
    {
        var direct = tensor.device_type == DeviceType.CPU && tensor.dtype == ScalarType.Float32 && tensor.is_contiguous();
        var buffer = direct ? tensor : tensor.to(ScalarType.Float64).cpu().contiguous();
        var view = direct
            ? ReduceBuffer.From(MemoryMarshal.Cast<byte, float>(buffer.bytes))
            : ReduceBuffer.From(MemoryMarshal.Cast<byte, double>(buffer.bytes));
        Waiting.For(group.BroadcastAsync(view, root, abort));
        if (!direct)
            tensor.copy_(buffer);
    }
}
