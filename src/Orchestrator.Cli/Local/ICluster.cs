using Orchestrator.Protocol;

namespace Orchestrator.Cli.Local;

/// <summary>A coordinator to talk to.</summary>
internal interface ICluster : IAsyncDisposable
{
    /// <summary>Its client. Calls throw <see cref="Grpc.Core.RpcException"/>; <see cref="Output.RpcErrors"/> says what they mean.</summary>
    Experiments.ExperimentsClient Client { get; }

    /// <summary>Whether its processes are children of this one, and end with it.</summary>
    bool IsOwned { get; }

    /// <summary>Its web page; null where that is not known.</summary>
    Uri? Page { get; }

    /// <summary>Ends with the reason once the cluster can't go on by itself; never, where the processes are not ours.</summary>
    Task<Output.CliException> Broken { get; }

    /// <summary>Sees to it that so many workers run, where this cluster is owned.</summary>
    void EnsureWorkers(int count);

    /// <summary>Ends owned processes at once.</summary>
    void Kill();
}
