using Grpc.Net.Client;
using Orchestrator.Cli.Output;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Local;

/// <summary>A coordinator that somebody else runs.</summary>
internal sealed class AttachedCluster : ICluster
{
    private readonly GrpcChannel _channel;

    /// <summary>Talks to the coordinator whose gRPC address is given.</summary>
    public AttachedCluster(Uri grpc, Uri? page, ClientAccess access)
    {
        Page = page;
        _channel = access.Open(grpc);
        Client = new Experiments.ExperimentsClient(_channel);
    }

    /// <inheritdoc/>
    public Experiments.ExperimentsClient Client { get; }

    /// <inheritdoc/>
    public bool IsOwned => false;

    /// <inheritdoc/>
    public Uri? Page { get; }

    /// <inheritdoc/>
    public Task<CliException> Broken { get; } = new TaskCompletionSource<CliException>().Task;

    /// <inheritdoc/>
    public void EnsureWorkers(int count)
    {
    }

    /// <inheritdoc/>
    public void Kill()
    {
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _channel.Dispose();
        return ValueTask.CompletedTask;
    }
}
