using Orchestrator.Domain.Specs;
using Orchestrator.Domain.Tasks;
using Orchestrator.Specs.Keys;

namespace Orchestrator.Specs.Reading;

/// <summary>Reads what a sweep trains on, and makes its path absolute.</summary>
internal sealed class DatasetReader(SweepFileContext context, TaskSchema? task)
{
    public DatasetSpec? Read(Section root)
    {
        if (!root.Has(SweepKeys.Dataset) && context.DatasetPath is null)
        {
            if (task is { DatasetKinds.Count: > 0 }) root.Missing(SweepKeys.Dataset, $"task '{task.Name}' trains on {string.Join(" or ", task.DatasetKinds)}.");
            return null;
        }
        if (task is { DatasetKinds.Count: 0 })
        {
            root.Error(SweepKeys.Dataset, $"task '{task.Name}' makes its own data: leave 'dataset' out.");
            return null;
        }
        var section = SweepKeys.Dataset.Read(root);
        var kind = section is null ? SweepKeys.Dataset.ReadShort(root) : SweepKeys.DatasetKind.Read(section);
        if (section is null && kind is null && root.Has(SweepKeys.Dataset)) return null;
        kind ??= task?.DatasetKinds is [var only] ? only : null;
        if (!CheckKind(root, section, kind)) return null;
        var path = context.DatasetPath ?? (section is null ? null : SweepKeys.DatasetPath.Read(section)) ?? Path.Combine("data", kind!);
        var full = Path.GetFullPath(path, context.BaseDirectory);
        if (context.PathExists is { } exists && !exists(full))
            Report(root, section, SweepKeys.DatasetPath, $"there is no '{full}': put the data there, or give its place with 'path' or --data.");
        return new DatasetSpec(kind!, full);
    }

    private bool CheckKind(Section root, Section? section, string? kind)
    {
        if (kind is null)
        {
            if (section is not null && section.Has(SweepKeys.DatasetKind)) return false;
            Report(root, section, SweepKeys.DatasetKind, $"'kind' is missing: {(task is null ? "it says how the data is read." : $"task '{task.Name}' trains on {string.Join(" or ", task.DatasetKinds)}.")}");
            return false;
        }
        if (task is null || task.DatasetKinds.Contains(kind, StringComparer.Ordinal)) return true;
        Report(root, section, SweepKeys.DatasetKind, $"task '{task.Name}' does not train on '{kind}'{Suggestion.For(kind, task.DatasetKinds)}");
        return false;
    }

    private static void Report(Section root, Section? section, SweepKey key, string message)
    {
        if (section is null) root.Error(SweepKeys.Dataset, message);
        else section.Error(key, message);
    }
}
