namespace Orchestrator.Collectives;

/// <summary>What carries the data between the ranks of a group.</summary>
public enum CollectiveKind
{
    /// <summary>libtorch's Gloo: every rank connected with every other over TCP.</summary>
    Gloo = 0,

    /// <summary>A ring of gRPC streams between the workers' endpoints.</summary>
    Grpc = 1,
}
