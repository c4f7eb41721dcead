using System.Text.RegularExpressions;
using Orchestrator.Domain.Specs;
using Orchestrator.Specs.Keys;

namespace Orchestrator.Specs.Reading;

/// <summary>Reads what a sweep says about where its trials run.</summary>
internal static partial class PlacementReader
{
    private const int Steps = 1000;
    private const int MostMemoryGb = 1_000_000;

    public static ResourcesSpec Resources(Section root, bool isProgram)
    {
        if (SweepKeys.Resources.Read(root) is not { } section) return new ResourcesSpec();
        var worldSize = (int)(SweepKeys.WorldSize.Read(section) ?? 1);
        return new ResourcesSpec(worldSize, SweepKeys.Device.Read(section) ?? DeviceKind.Cpu, (int?)SweepKeys.MaxParallel.Read(section))
        {
            MinWorldSize = Least(root, section, worldSize, isProgram),
            DeviceFraction = Fraction(section, worldSize),
            MemoryGb = Memory(section),
            Prefer = SweepKeys.Prefer.Read(section) ?? TopologyLevel.Host,
            Require = SweepKeys.Require.Read(section),
        };
    }

    public static string? Queue(Section root)
    {
        if (SweepKeys.Queue.Read(root) is not { } name) return null;
        if (!IsQueueName(name)) root.Error(SweepKeys.Queue, NoQueueName(name));
        return name;
    }

    public static bool IsQueueName(string name) => Name().IsMatch(name);

    public static string NoQueueName(string name) => $"'{name}' is no name of a queue: use 1 to 40 of a-z, 0-9 and '-', beginning with a letter or digit.";

    public static int Priority(Section root) => (int)(SweepKeys.Priority.Read(root) ?? 0);

    public static IReadOnlyList<FailureRule>? OnFailure(Section root)
    {
        List<FailureRule> rules = [];
        foreach (var section in SweepKeys.OnFailure.Read(root))
        {
            if (!section.Has(SweepKeys.FailureMatch) && !section.Has(SweepKeys.FailureExitCode)) section.Missing(SweepKeys.FailureMatch, "say what is looked for in the log, or give an exit_code.");
            if (!section.Has(SweepKeys.FailureActionKey)) section.Missing(SweepKeys.FailureActionKey, "write fail, retry or exclude_node.");
            var (match, exitCode) = (SweepKeys.FailureMatch.Read(section), (int?)SweepKeys.FailureExitCode.Read(section));
            if (SweepKeys.FailureActionKey.Read(section) is not { } action || match is null && exitCode is null) continue;
            if (match is null || FailureRule.IsPattern(match, out var fault)) rules.Add(new FailureRule(match, action, exitCode));
            else section.Error(SweepKeys.FailureMatch, $"'{match}' is no regular expression: {fault}");
        }
        return rules.Count > 0 ? rules : null;
    }

    private static int? Least(Section root, Section section, int worldSize, bool isProgram)
    {
        if (SweepKeys.MinWorldSize.Read(section) is not { } least) return null;
        if (least > worldSize) section.Error(SweepKeys.MinWorldSize, $"a trial can't go on with {least} ranks: it has world_size {worldSize}.");
        if (isProgram) section.Error(SweepKeys.MinWorldSize, "the ranks of a program find one another by themselves, and end together: leave it out.");
        if (root.Has(SweepKeys.Dedicated)) section.Error(SweepKeys.MinWorldSize, "the machines of a gang of its own end together: leave it out, or leave dedicated out.");
        return (int)least;
    }

    private static double? Fraction(Section section, int worldSize)
    {
        if (SweepKeys.DeviceFraction.Read(section) is not { } fraction) return null;
        if (fraction > 1) section.Error(SweepKeys.DeviceFraction, $"a trial can't take {fraction} of a device: it is at most 1; for more devices use world_size.");
        else if (fraction < 1.0 / Steps) section.Error(SweepKeys.DeviceFraction, $"{fraction} is less than the smallest part, {1.0 / Steps}.");
        else if (fraction < 1 && worldSize > 1) section.Error(SweepKeys.DeviceFraction, $"ranks of one trial don't share a device: with world_size {worldSize} it is 1.");
        return Math.Ceiling(fraction * Steps - 1e-9) / Steps;
    }

    private static double? Memory(Section section)
    {
        if (SweepKeys.MemoryGb.Read(section) is not { } memory) return null;
        if (memory > MostMemoryGb) section.Error(SweepKeys.MemoryGb, $"no host has {memory} GB of memory; write gigabytes, at most {MostMemoryGb}.");
        return Math.Ceiling(memory * Steps - 1e-9) / Steps;
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
