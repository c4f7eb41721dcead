using System.Net;
using Orchestrator.ServiceDefaults.Tls;

namespace Orchestrator.Worker.Hosting;

/// <summary>How a worker is started.</summary>
public sealed record WorkerOptions
{
    /// <summary>The coordinator's gRPC address.</summary>
    public required Uri Coordinator { get; init; }

    /// <summary>The worker's id; unique for the life of the process.</summary>
    public required string Name { get; init; }

    /// <summary>The machine it runs on; null: as the system says. In a container the system does not know.</summary>
    public string? Host { get; init; }

    /// <summary><c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Which device of its machine it uses; workers that name the same one share it. Empty: one of its own.</summary>
    public string DeviceId { get; init; } = "";

    /// <summary>How much of its machine's memory trials may take, all workers of the machine together, in gigabytes; null: all of it, or what its container may have for itself.</summary>
    public double? MemoryGb { get; init; }

    /// <summary>The rack of its machine; empty: unknown.</summary>
    public string Rack { get; init; } = "";

    /// <summary>The zone of its machine; empty: unknown.</summary>
    public string Zone { get; init; } = "";

    /// <summary>The experiment whose trials alone it runs: when one of them is over, it ends. Null: those of any, one after another.</summary>
    public string? Experiment { get; init; }

    /// <summary>The gang that it is of, where it has an experiment: its trials run on all of it or not at all.</summary>
    public string Gang { get; init; } = "";

    /// <summary>The address it listens on for other ranks; loopback unless told otherwise.</summary>
    public IPAddress Bind { get; init; } = IPAddress.Loopback;

    /// <summary>The name or address that other ranks dial; null: the one it listens on.</summary>
    public string? Advertise { get; init; }

    /// <summary>The gRPC port for other ranks; 0: a free one.</summary>
    public int Port { get; init; }

    /// <summary>The port of <c>/metrics</c> and <c>/healthz</c>; 0: a free one.</summary>
    public int HttpPort { get; init; }

    /// <summary>Its certificate and key, and the authority of the coordinator's and of other workers' certificates.</summary>
    public TlsFiles Tls { get; init; } = TlsFiles.None;

    /// <summary>The file with the token that workers have; null: none.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Whether everybody may take part in its process groups on other addresses than loopback too.</summary>
    public bool Insecure { get; init; }

    /// <summary>Whether it logs JSON objects instead of lines for people.</summary>
    public bool JsonLog { get; init; }

    /// <summary>Whether it ends when its standard input does.</summary>
    public bool ExitWithParent { get; init; }

    /// <summary>How long an idle worker looks for a coordinator before it ends.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a rank may take to end by itself when told to stop, before it is broken off.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(10);
}
