using System.Text.RegularExpressions;
using Orchestrator.Domain.Specs;
using Orchestrator.Specs.Keys;

namespace Orchestrator.Specs.Reading;

/// <summary>Reads whether gangs get machines of their own, and how.</summary>
internal static partial class DedicatedReader
{
    private const int MaximumPrefix = 253;
    private const int MaximumName = 63;

    public static DedicatedSpec? Read(Section root, ResourcesSpec resources)
    {
        if (!root.Has(SweepKeys.Dedicated)) return null;
        Check(root, resources);
        if (SweepKeys.Dedicated.ReadShort(root) is { } pool) return new DedicatedSpec(Named(root, SweepKeys.Dedicated, pool));
        if (SweepKeys.Dedicated.Read(root) is not { } section) return null;
        if (!section.Has(SweepKeys.DedicatedPool)) section.Missing(SweepKeys.DedicatedPool, "say which pool's Pods a gang's are like.");
        return new DedicatedSpec(Named(section, SweepKeys.DedicatedPool, SweepKeys.DedicatedPool.Read(section)) ?? "")
        {
            Queue = Named(section, SweepKeys.DedicatedQueue, SweepKeys.DedicatedQueue.Read(section)),
            RequireTopology = Label(section, SweepKeys.RequireTopology),
            PreferTopology = Label(section, SweepKeys.PreferTopology),
            Kind = SweepKeys.DedicatedKind.Read(section) ?? GangKind.Job,
            Scheduler = SweepKeys.DedicatedScheduler.Read(section) ?? GangScheduler.None,
        };
    }

    /// <summary>What of the rest of the file does not go with it.</summary>
    private static void Check(Section root, ResourcesSpec resources)
    {
        if (resources.MaxParallel is null) root.Error(SweepKeys.Dedicated, "give resources.max_parallel: it is the most Jobs at once.");
        if (resources.DeviceFraction < 1) root.Error(SweepKeys.Dedicated, "ranks with machines of their own take whole devices: leave resources.device_fraction out.");
    }

    private static string? Label(Section section, TextKey key)
    {
        if (key.Read(section) is not { } label) return null;
        var slash = label.IndexOf('/', StringComparison.Ordinal);
        if (slash > MaximumPrefix || label.Length - slash - 1 > MaximumName || !LabelKey().IsMatch(label)) section.Error(key, $"'{label}' is no label of a node, such as topology.kubernetes.io/rack.");
        return label;
    }

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(name))]
    private static string? Named(Section section, SweepKey key, string? name)
    {
        if (name is not null && !Name().IsMatch(name)) section.Error(key, $"'{name}' is no name: use 1 to 63 of a-z, 0-9 and '-', beginning and ending with a letter or digit.");
        return name;
    }

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Name();

    [GeneratedRegex(@"^([a-z0-9]([a-z0-9.-]*[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex LabelKey();
}
