using Orchestrator.Checkpoints.Manifests;
using Orchestrator.Training.Precision;
using Orchestrator.Training.Tasks;
using static TorchSharp.torch;

namespace Orchestrator.Training.Engine;

/// <summary>All that training changes: the networks, and where in the data it is. A checkpoint is a copy of this.</summary>
internal sealed class TrainingState : IDisposable
{
    private const int LongestHistory = 1000;

    internal TrainingState(ITaskModel model, TrainingOptions options, Device device)
    {
        var reduced = options.Precision == PrecisionKind.BFloat16 ? new ReducedLayers(device) : null;
        Networks = [.. model.Networks.Select(network => new NetworkState(network, options, device, reduced))];
        LossSums = new double[Networks.Count];
        Losses = new double[Networks.Count];
    }

    internal IReadOnlyList<NetworkState> Networks { get; }

    /// <summary>Epochs trained whole.</summary>
    internal int Epoch { get; set; }

    /// <summary>Batches of the current epoch already trained.</summary>
    internal int BatchInEpoch { get; set; }

    /// <summary>Batches trained in all.</summary>
    internal long Step { get; set; }

    /// <summary>Whether it can be trained on.</summary>
    internal StateCondition Condition { get; set; }

    /// <summary>Updates already taken of the step that is being trained: it has one for each of several networks.</summary>
    internal int UpdatesInStep { get; set; }

    /// <summary>Loss of each network in its last update: mean over the global batch.</summary>
    internal double[] Losses { get; }

    /// <summary>Sums of the current epoch's losses over its rows, by network.</summary>
    internal double[] LossSums { get; }

    /// <summary>What the epochs reported so far, the last <see cref="LongestHistory"/> of them.</summary>
    internal Queue<EpochMetrics> History { get; } = new();

    internal NetworkState Of(Network network) =>
        Networks.FirstOrDefault(state => ReferenceEquals(state.Network, network))
        ?? throw new ArgumentException("The network is not one of the model's.", nameof(network));

    /// <summary>Gives layers the parameters that a checkpoint or another rank brought.</summary>
    internal void Round()
    {
        foreach (var network in Networks)
            network.Parameters.Round();
    }

    /// <summary>Begins the next epoch.</summary>
    internal void FinishEpoch()
    {
        Epoch++;
        RestartEpoch();
    }

    /// <summary>Adds what an epoch reported to the history.</summary>
    internal void Remember(EpochMetrics metrics)
    {
        if (History.Count == LongestHistory)
            History.Dequeue();
        History.Enqueue(metrics);
    }

    /// <summary>Goes back to the first batch of the current epoch; what was learned in it stays.</summary>
    internal void RestartEpoch()
    {
        BatchInEpoch = 0;
        Array.Clear(LossSums);
    }

    /// <summary>Puts averages in the place of the parameters that have one, until the result is disposed.</summary>
    internal IDisposable UseAverages() => new Disposables([.. Networks.Select(network => network.UseAverage()).OfType<IDisposable>()]);

    public void Dispose()
    {
        foreach (var network in Networks)
            network.Dispose();
    }
}
