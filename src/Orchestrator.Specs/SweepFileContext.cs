using Orchestrator.Domain.Tasks;

namespace Orchestrator.Specs;

/// <summary>What a sweep file is read against.</summary>
public sealed record SweepFileContext
{
    /// <summary>The folder of the sweep file, absolute: relative paths in the file start there.</summary>
    public required string BaseDirectory { get; init; }

    /// <summary>The experiment's name where the file gives none, for instance the file's own name.</summary>
    public string DefaultName { get; init; } = "sweep";

    /// <summary>The tasks there are, by name.</summary>
    public required IReadOnlyDictionary<string, TaskSchema> Tasks { get; init; }

    /// <summary>
    /// Finds the schema of a task of the user's own, named as <c>/path/to/my-task.dll#MyTask</c>; throws an <see cref="Domain.Errors.OrchestratorException"/> where there is
    /// none. Null: there are no such tasks.
    /// </summary>
    public Func<string, TaskSchema>? FindTask { get; init; }

    /// <summary>A data path that replaces the file's, absolute; null: the file's is used.</summary>
    public string? DatasetPath { get; init; }

    /// <summary>Says whether a file or folder exists; null: data paths are not checked.</summary>
    public Func<string, bool>? PathExists { get; init; }
}
