using Orchestrator.Kubernetes.Model;
using Orchestrator.Kubernetes.Pools;

namespace Orchestrator.Kubernetes.Gangs;

/// <summary>Reads what matters of Jobs and their Pods.</summary>
internal static class GangReading
{
    /// <summary>The gangs, with their Pods.</summary>
    public static IReadOnlyList<GangView> Of(IEnumerable<Job> jobs, IEnumerable<Pod> pods, DateTimeOffset now)
    {
        var byGang = pods.Where(p => p.Metadata.Labels?.ContainsKey(GangLabels.Gang) == true)
            .ToLookup(p => p.Metadata.Labels![GangLabels.Gang], p => PodReading.Of(p, now), StringComparer.Ordinal);
        return [.. jobs.Where(j => j.Metadata.Labels?.ContainsKey(GangLabels.Gang) == true).Select(job => View(job, byGang, now))];
    }

    private static GangView View(Job job, ILookup<string, PodView> pods, DateTimeOffset now)
    {
        var labels = job.Metadata.Labels!;
        var gang = labels[GangLabels.Gang];
        return new GangView(gang, labels.GetValueOrDefault(GangLabels.Experiment) ?? "", job.Metadata.CreationTimestamp ?? now)
        {
            Kind = job.Metadata.OwnerReferences?.Any(o => o.Kind == "JobSet") == true ? "JobSet" : "Job",
            IsLeaving = job.Metadata.DeletionTimestamp is not null,
            IsSuspended = job.Spec.Suspend ?? false,
            IsEnding = job.Status.Succeeded > 0,
            End = End(job),
            Pods = [.. pods[gang]],
        };
    }

    private static GangEnd? End(Job job)
    {
        foreach (var condition in job.Status.Conditions ?? [])
        {
            if (condition is { Type: "Complete", Status: "True" }) return new GangEnd(false, "its trial is over");
            if (condition is { Type: "Failed", Status: "True" }) return new GangEnd(true, $"{condition.Reason ?? "Failed"}: {condition.Message ?? "the Job failed"}");
        }
        return null;
    }
}
