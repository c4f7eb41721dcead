using System.CommandLine;
using Orchestrator.Domain.Errors;
using Orchestrator.Kubernetes.Pools;
using Orchestrator.Kubernetes.Telemetry;
using Orchestrator.ServiceDefaults.Hosting;

namespace Orchestrator.Coordinator.Hosting;

/// <summary><c>orch pool gc</c>: removes the Jobs and worker Pods of an installation whose coordinator is gone.</summary>
internal static class PoolCommand
{
    public static Command Create()
    {
        var installation = new Argument<string>("INSTALLATION") { Description = "The name in the pools file: with the Helm chart, the release's." };
        var kubeConfig = new Option<string?>("--kubeconfig") { Description = "How to reach the cluster; its namespace counts (default: the one that this process runs in).", HelpName = "FILE" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say which." };
        var collect = new Command("gc", "Delete the Jobs and worker Pods that an installation has left behind.") { installation, kubeConfig, dryRun };
        collect.SetAction((parsed, cancellationToken) => Collect(parsed.GetValue(installation)!, parsed.GetValue(kubeConfig), parsed.GetValue(dryRun), cancellationToken));
        return new Command("pool", "Pools of worker Pods in Kubernetes.") { collect };
    }

    private static async Task<int> Collect(string installation, string? kubeConfig, bool dryRun, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection().AddMetrics().AddSingleton<KubernetesInstruments>().BuildServiceProvider();
        try
        {
            var left = await PoolCollector.Collect(installation, kubeConfig, dryRun, services.GetRequiredService<KubernetesInstruments>(), TimeProvider.System, cancellationToken);
            foreach (var name in left) Console.WriteLine($"{name}{(dryRun ? " (not deleted)" : "")}");
            return ExitCodes.Ok;
        }
        catch (OrchestratorException exception)
        {
            await Console.Error.WriteLineAsync($"error: pool gc: {exception.Message}");
            return ExitCodes.Environment;
        }
    }
}
