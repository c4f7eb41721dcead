using System.Text;
using Orchestrator.Domain.Errors;
using Orchestrator.Domain.Specs;
using Orchestrator.Domain.Tasks;
using Orchestrator.Specs.Keys;
using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs.Reading;

/// <summary>Reads the whole of a sweep file.</summary>
internal sealed class SweepReader(SweepFileContext context, Findings findings)
{
    private const int MaximumNameLength = 40;
    private const string CommandTask = "command";

    /// <summary>The experiment; without meaning where errors were found.</summary>
    public ExperimentSpec? Read(YamlNode node)
    {
        if (node is not YamlNode.Mapping map)
        {
            findings.Error(node.Position, "", $"A sweep file is a map of keys such as task, method and parameters, not {node.Describe()}.");
            return null;
        }
        var root = new Section(map, "", SweepKeys.Root, findings);
        WarnOfIgnored(root);
        var command = ReadCommand(root);
        var task = command is null ? ReadTask(root) : null;
        var method = ReadRequired(root, SweepKeys.Method, "write 'method: auto', 'method: random' or 'method: grid'.") ? SweepKeys.Method.Read(root) : null;
        var metrics = ReadMetrics(root, task);
        var space = ReadSpace(root, task, method);
        if (metrics.Count > 1 && method is SearchMethod.Gp or SearchMethod.CmaEs or SearchMethod.Evolution)
            root.Warn(SweepKeys.Method, $"it looks at the first metric alone; for trade-offs between several use auto, tpe or nsga2.");
        var resources = PlacementReader.Resources(root, isProgram: command is not null);
        return new ExperimentSpec
        {
            Name = ReadName(root),
            Task = command is null ? task?.Name ?? "" : CommandTask,
            Dataset = new DatasetReader(context, task).Read(root),
            Method = method ?? SearchMethod.Random,
            Metric = metrics[0],
            FurtherMetrics = metrics.Count > 1 ? [.. metrics.Skip(1)] : null,
            Parameters = space.Parameters,
            Constraints = space.Constraints,
            PointsToEvaluate = space.Points,
            WarmStart = SweepKeys.WarmStart.Read(root),
            EarlyTerminate = ReadEarlyTerminate(root, space.Parameters, task),
            Health = ReadHealth(root),
            InitFrom = ReadInitFrom(root),
            Command = command,
            Resources = resources,
            Dedicated = DedicatedReader.Read(root, resources),
            Queue = PlacementReader.Queue(root),
            Priority = PlacementReader.Priority(root),
            OnFailure = PlacementReader.OnFailure(root),
            Collective = SweepKeys.Collective.Read(root) ?? CollectiveKind.Auto,
            Checkpoint = ReadCheckpoint(root),
            Budget = ReadBudget(root, method),
            Seeds = SweepKeys.Seeds.Read(root) is > 1 and var seeds ? (int)seeds : null,
            Seed = SweepKeys.Seed.Read(root) ?? 0,
        };
    }

    private static EarlyTerminateSpec? ReadEarlyTerminate(Section root, IReadOnlyList<ParameterSpec> space, TaskSchema? task)
    {
        if (SweepKeys.EarlyTerminate.Read(root) is not { } section) return null;
        var epochs = (int?)task?.Parameters.FirstOrDefault(p => p.Name == "epochs")?.Default?.Number;
        var early = new EarlyTerminateReader(section, space, epochs).Read();
        if (early is EarlyTerminateSpec.Population && !root.Has(SweepKeys.RunCap)) root.Missing(SweepKeys.RunCap, "it is the size of the population.");
        if (early is EarlyTerminateSpec.Wilcoxon && !(SweepKeys.Seeds.Read(root) > 1)) root.Error(SweepKeys.EarlyTerminate, "wilcoxon compares repeats: give 'seeds', 4 or more.");
        if (early is EarlyTerminateSpec.Population && SweepKeys.Seeds.Read(root) > 1) root.Error(SweepKeys.Seeds, "a population has no repeats: trials replace one another.");
        return early;
    }

    private static bool ReadRequired(Section section, SweepKey key, string what)
    {
        if (section.Has(key)) return true;
        section.Missing(key, what);
        return false;
    }

    private static void WarnOfIgnored(Section root)
    {
        foreach (var key in SweepKeys.Root.Keys.OfType<IgnoredKey>())
        {
            if (!root.Has(key)) continue;
            var replaced = key == SweepKeys.Program || key == SweepKeys.Command;
            if (!replaced || root.Has(SweepKeys.Task)) root.Warn(key, "it has no effect here.");
            else root.Error(key, $"programs are not run here: say what to train with 'task', for instance 'task: vae'.");
        }
    }

    private static HealthSpec? ReadHealth(Section root) =>
        SweepKeys.Health.Read(root) is { } section && SweepKeys.StopOn.Read(section) is { Count: > 0 } problems ? new HealthSpec(problems) : null;

    private string? ReadInitFrom(Section root)
    {
        if (SweepKeys.InitFrom.Read(root) is not { } path) return null;
        if (path.StartsWith("s3://", StringComparison.OrdinalIgnoreCase)) return path; // the workers' to reach
        var full = Path.GetFullPath(path, context.BaseDirectory);
        if (context.PathExists is { } exists && !exists(full)) root.Error(SweepKeys.InitFrom, $"there is no '{full}'.");
        return full;
    }

    /// <summary>A program in the place of a task; words that name files beside the sweep file are made absolute, for workers run elsewhere.</summary>
    private IReadOnlyList<string>? ReadCommand(Section root)
    {
        if (SweepKeys.Task.ReadShort(root) is not null || SweepKeys.Task.Read(root) is not { } section) return null;
        if (!section.Has(SweepKeys.TaskCommand)) section.Missing(SweepKeys.TaskCommand, "give the program and its arguments, such as [python3, train.py].");
        return [.. (SweepKeys.TaskCommand.Read(section) ?? []).Select(Absolute)];

        string Absolute(string word)
        {
            var full = Path.GetFullPath(word, context.BaseDirectory);
            return context.PathExists?.Invoke(full) == true ? full : word;
        }
    }

    private TaskSchema? ReadTask(Section root)
    {
        var names = string.Join(", ", context.Tasks.Keys);
        if (!ReadRequired(root, SweepKeys.Task, $"say what to train: {names}.") || SweepKeys.Task.ReadShort(root) is not { } name) return null;
        if (context.Tasks.TryGetValue(name, out var task)) return task;
        if (name.Contains(".dll#", StringComparison.Ordinal) && context.FindTask is { } find) return FindTask(root, name, find);
        root.Error(SweepKeys.Task, $"there is no task '{name}'{Suggestion.For(name, [.. context.Tasks.Keys])}");
        return null;
    }

    private TaskSchema? FindTask(Section root, string name, Func<string, TaskSchema> find)
    {
        try
        {
            return find(Path.GetFullPath(name, context.BaseDirectory));
        }
        catch (OrchestratorException fault)
        {
            root.Error(SweepKeys.Task, fault.Message);
            return null;
        }
    }

    private static List<MetricSpec> ReadMetrics(Section root, TaskSchema? task)
    {
        var known = task is null ? "" : $" One of {string.Join(", ", task.Metrics)}.";
        List<MetricSpec> metrics = [];
        if (ReadRequired(root, SweepKeys.Metric, $"say what is optimised, with 'name' and 'goal'.{known}"))
            metrics = [.. SweepKeys.Metric.Read(root).Select(section => ReadMetric(section, task, known))];
        foreach (var again in metrics.GroupBy(m => m.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
            root.Error(SweepKeys.Metric, $"'{again.Key}' is listed {again.Count()} times.");
        return metrics.Count > 0 ? metrics : [new MetricSpec("", Goal.Minimize)];
    }

    private static MetricSpec ReadMetric(Section section, TaskSchema? task, string known)
    {
        if (section.Has(SweepKeys.MetricTarget)) section.Warn(SweepKeys.MetricTarget, "it has no effect here.");
        ReadRequired(section, SweepKeys.MetricName, $"say which metric.{known}");
        var name = SweepKeys.MetricName.Read(section);
        if (name is not null && task is not null && !task.Metrics.Contains(name, StringComparer.Ordinal))
            section.Error(SweepKeys.MetricName, $"task '{task.Name}' does not report '{name}'{Suggestion.For(name, task.Metrics)}");
        return new MetricSpec(name ?? "", SweepKeys.MetricGoal.Read(section) ?? Goal.Minimize);
    }

    private SpaceReader ReadSpace(Section root, TaskSchema? task, SearchMethod? method)
    {
        var map = ReadRequired(root, SweepKeys.Parameters, "say what to try.") ? SweepKeys.Parameters.Read(root) : null;
        return new SpaceReader(root, task, map is null ? [] : new ParameterReader(findings, task, method).Read(WithPrivacy(root, map)));
    }

    /// <summary>The keys of <c>privacy</c> are parameters of fixed values, with its name before theirs.</summary>
    private static YamlNode.Mapping WithPrivacy(Section root, YamlNode.Mapping parameters)
    {
        if (SweepKeys.Privacy.Read(root) is not { } privacy) return parameters;
        ReadRequired(privacy, SweepKeys.PrivacyEpsilon, "say what may be spent, for instance 'epsilon: 3'.");
        var fixedOnes = privacy.Entries.Where(entry => entry.Value is YamlNode.Scalar).Select(entry => new YamlNode.Entry(
            $"{SweepKeys.Privacy.Name}_{entry.Key}",
            entry.Position,
            new YamlNode.Mapping(entry.Value.Position, [new YamlNode.Entry("value", entry.Position, entry.Value)])));
        return parameters with { Entries = [.. parameters.Entries, .. fixedOnes] };
    }

    private static CheckpointSpec ReadCheckpoint(Section root) => SweepKeys.Checkpoint.Read(root) is { } section
        ? new CheckpointSpec((int)(SweepKeys.CheckpointEvery.Read(section) ?? 1), (int)(SweepKeys.CheckpointKeep.Read(section) ?? 2)) { Artifacts = SweepKeys.CheckpointArtifacts.Read(section) }
        : new CheckpointSpec();

    private BudgetSpec ReadBudget(Section root, SearchMethod? method)
    {
        var section = SweepKeys.Budget.Read(root);
        var budget = new BudgetSpec(
            (int?)SweepKeys.RunCap.Read(root),
            section is null ? null : SweepKeys.WallTime.Read(section),
            section is null ? null : SweepKeys.DeviceHours.Read(section),
            section is null ? null : SweepKeys.BudgetEpochs.Read(section));
        if (method is not (null or SearchMethod.Grid) && budget == new BudgetSpec() && !root.Has(SweepKeys.RunCap) && !root.Has(SweepKeys.Budget))
            findings.Warn(root.Entry(SweepKeys.Method)!.Position, SweepKeys.Method.Name, "nothing ends this sweep: give 'run_cap' or a 'budget'.");
        return budget;
    }

    private string ReadName(Section root)
    {
        var declared = SweepKeys.Name.Read(root);
        var slug = Slug(declared ?? context.DefaultName);
        if (declared is not null && slug.Length == 0) root.Error(SweepKeys.Name, $"'{declared}' has no letter or digit to make a name of.");
        return slug.Length == 0 ? "sweep" : slug;
    }

    /// <summary>The stem of an experiment's id: lower case, with a dash for all that is neither letter nor digit.</summary>
    private static string Slug(string name)
    {
        var slug = new StringBuilder();
        foreach (var c in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
            if (slug.Length == MaximumNameLength) break;
        }
        return slug.ToString().Trim('-');
    }
}
