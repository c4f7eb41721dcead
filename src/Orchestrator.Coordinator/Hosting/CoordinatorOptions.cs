using System.Net;
using Orchestrator.ServiceDefaults.Tls;
using Orchestrator.Storage.Redis;

namespace Orchestrator.Coordinator.Hosting;

/// <summary>How a coordinator is started.</summary>
/// <param name="State">The folder that holds everything it keeps.</param>
/// <param name="Bind">The address it listens on; loopback unless told otherwise.</param>
/// <param name="HttpPort">REST, metrics and health over HTTP/1.1; 0: a free port.</param>
/// <param name="GrpcPort">Workers and clients over gRPC; 0: a free port.</param>
/// <param name="ExitWithParent">Whether it ends when its standard input does.</param>
public sealed record CoordinatorOptions(string State, IPAddress Bind, int HttpPort, int GrpcPort, bool ExitWithParent)
{
    /// <summary>The pool file: queues, capacity, preemption; null: a pool without declared queues.</summary>
    public string? Pool { get; init; }

    /// <summary>The file that says which pools of worker Pods there are; null: workers are started by others.</summary>
    public string? Kubernetes { get; init; }

    /// <summary>How to reach the cluster of those pools; null: it is the one that this process runs in.</summary>
    public string? KubeConfig { get; init; }

    /// <summary>Whether it logs JSON objects instead of lines for people.</summary>
    public bool JsonLog { get; init; }

    /// <summary>Where journal and checkpoint catalogue are kept; null: in SQLite, in the state folder.</summary>
    public RedisStoreOptions? Redis { get; init; }

    /// <summary>The folder of the checkpoints or its s3:// URL, which every worker and coordinator must reach under this name; null: the one that was given last, else in the state folder.</summary>
    public string? Checkpoints { get; init; }

    /// <summary>The file with the tokens of people, programs and workers; null: everybody may do everything, on loopback.</summary>
    public string? Tokens { get; init; }

    /// <summary>The file that says which OpenID Connect provider's tokens let people in, and as what; null: no provider's.</summary>
    public string? Oidc { get; init; }

    /// <summary>Its certificate and key, and the authority of workers' certificates.</summary>
    public TlsFiles Tls { get; init; } = TlsFiles.None;

    /// <summary>Whether everybody may do everything on other addresses than loopback too.</summary>
    public bool Insecure { get; init; }

    /// <summary>The port at which coordinators reach each other, in the upstream build; 0: a free one.</summary>
    public int SiloPort { get; init; }

    /// <summary>The HTTP port unless told otherwise.</summary>
    public const int DefaultHttpPort = 7070;

    /// <summary>The gRPC port unless told otherwise.</summary>
    public const int DefaultGrpcPort = 7071;
}
