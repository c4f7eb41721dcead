using Orchestrator.Kubernetes.Model;

namespace Orchestrator.Kubernetes.Pools;

/// <summary>Reads what matters to a pool from a Pod's status.</summary>
internal static class PodReading
{
    /// <summary>States of a waiting container that do not end by themselves soon.</summary>
    private static readonly HashSet<string> Stuck = new(StringComparer.Ordinal)
    {
        "ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "ImageInspectError", "RegistryUnavailable",
        "CreateContainerConfigError", "CreateContainerError", "RunContainerError", "CrashLoopBackOff",
    };

    /// <summary>The Pod as its pool sees it.</summary>
    public static PodView Of(Pod pod, DateTimeOffset now)
    {
        var pool = pod.Metadata.Labels?.GetValueOrDefault(PoolLabels.Pool) ?? "";
        return new PodView(pod.Metadata.Name, pod.Metadata.Uid ?? "", pool, Stage(pod), pod.Metadata.CreationTimestamp ?? now)
        {
            Node = pod.Spec.NodeName,
            Trouble = Trouble(pod),
        };
    }

    private static PodStage Stage(Pod pod) => pod switch
    {
        { Status.Phase: "Succeeded" } => PodStage.Succeeded,
        { Status.Phase: "Failed" } => PodStage.Failed,
        { Metadata.DeletionTimestamp: not null } => PodStage.Leaving,
        _ => PodStage.Alive,
    };

    private static string? Trouble(Pod pod)
    {
        if (pod.Status.Phase == "Failed") return Failure(pod);
        if (pod.Status.Conditions?.FirstOrDefault(c => c is { Type: "PodScheduled", Status: "False", Reason: "Unschedulable" }) is { } unscheduled)
            return $"Unschedulable: {unscheduled.Message}";
        foreach (var container in Containers(pod))
        {
            if (container.State?.Waiting is { Reason: { } reason } waiting && Stuck.Contains(reason)) return $"{reason}: {waiting.Message ?? container.Name}";
        }
        return null;
    }

    private static string Failure(Pod pod)
    {
        foreach (var container in Containers(pod))
        {
            if (container.State?.Terminated is { ExitCode: not 0 } ended)
                return $"{ended.Reason ?? "Error"}: container {container.Name} ended with {ended.ExitCode}{(ended.Message is { Length: > 0 } message ? $": {message.Trim()}" : "")}";
        }
        return $"{pod.Status.Reason ?? "Failed"}: {pod.Status.Message ?? "the Pod failed"}";
    }

    private static IEnumerable<ContainerStatus> Containers(Pod pod) => (pod.Status.InitContainerStatuses ?? []).Concat(pod.Status.ContainerStatuses ?? []);
}
