namespace Orchestrator.Architecture.Tests.Dependencies;

/// <summary>ARCHITECTURE §3 as a table. A new project or dependency is decided here first.</summary>
internal static class Rules
{
    /// <summary>What each project may reference: projects of the product, upstream libraries and packages.</summary>
    public static readonly IReadOnlyList<Rule> Projects =
    [
        new("Orchestrator.Domain"),
        new("Orchestrator.Search", "Domain"),
        new("Orchestrator.Placement", "Domain"),
        new("Orchestrator.Simulation", "Domain", "Search", "Placement"),
        new("Orchestrator.Specs", "Domain") { Packages = ["YamlDotNet"] },
        new("Orchestrator.Grains", "Domain", "Search", "Placement") { Libraries = ["Orleans"] },
        new("Orchestrator.Protocol") { Libraries = ["Grpc"], Packages = ["Google.Protobuf", "Grpc.Tools"] },
        new("Orchestrator.Collectives", "Protocol", "Domain") { Libraries = ["Grpc"] },
        new("Orchestrator.Checkpoints", "Domain") { Packages = ["AWSSDK.S3"] },
        new("Orchestrator.Training", "Domain", "Collectives", "Checkpoints") { Libraries = ["TorchSharp"] },
        new("Orchestrator.Tasks", "Domain", "Training") { Libraries = ["TorchSharp"] },
        new("Orchestrator.Storage.Sqlite", "Domain") { Packages = ["Microsoft.Data.Sqlite"] },
        new("Orchestrator.Storage.Redis", "Domain") { Packages = ["StackExchange.Redis"] },
        new("Orchestrator.Kubernetes", "Domain") { Packages = ["YamlDotNet"] },
        new("Orchestrator.ServiceDefaults", "Domain")
        {
            Libraries = ["OpenTelemetry.Prometheus"],
            Packages = ["OpenTelemetry", "OpenTelemetry.Api", "OpenTelemetry.Api.ProviderBuilderExtensions", "OpenTelemetry.Exporter.OpenTelemetryProtocol"],
        },
        new("Orchestrator.Coordinator", "Domain", "Search", "Placement", "Specs", "Grains", "Protocol", "Tasks", "Storage.Sqlite", "Storage.Redis", "Kubernetes", "ServiceDefaults")
        {
            Libraries = ["Orleans", "Grpc"],
            Packages = ["Microsoft.AspNetCore.OpenApi", "System.CommandLine"],
        },
        new("Orchestrator.Worker", "Domain", "Protocol", "Collectives", "Checkpoints", "Training", "Tasks", "ServiceDefaults")
        {
            Libraries = ["Grpc", "TorchSharp"],
            Packages = ["System.CommandLine"],
        },
        new("Orchestrator.Cli", "Domain", "Specs", "Protocol", "Checkpoints", "Training", "Tasks", "Simulation", "ServiceDefaults", "Coordinator", "Worker")
        {
            Libraries = ["Grpc", "TorchSharp"],
            Packages = ["System.CommandLine", "Spectre.Console"],
        },
    ];

    public static Rule Of(string project) =>
        Projects.SingleOrDefault(rule => rule.Project == project)
        ?? throw new InvalidOperationException($"{project} is not in the table of {nameof(Rules)}: say what it may depend on.");

    /// <summary>A project's allowed projects, and theirs, and so on: what its assembly may refer to.</summary>
    public static IReadOnlySet<string> Closure(string project)
    {
        var closure = new HashSet<string>(StringComparer.Ordinal);
        var rest = new Stack<string>(Of(project).Projects);
        while (rest.TryPop(out var next))
        {
            if (!closure.Add(next)) continue;
            foreach (var further in Of(next).Projects) rest.Push(further);
        }
        return closure;
    }
}
