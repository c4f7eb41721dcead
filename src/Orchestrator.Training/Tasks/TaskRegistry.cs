namespace Orchestrator.Training.Tasks;

/// <summary>Tasks by name.</summary>
/// <param name="tasks">The tasks.</param>
public sealed class TaskRegistry(IEnumerable<ITrainingTask> tasks)
{
    private readonly SortedDictionary<string, ITrainingTask> _tasks =
        new(tasks.ToDictionary(task => task.Schema.Name, StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>All tasks, in the order of their names.</summary>
    public IReadOnlyCollection<ITrainingTask> Tasks => _tasks.Values;

    /// <summary>Finds a task: one of these, or one in an assembly of the user's (<see cref="TaskAssembly"/>).</summary>
    /// <exception cref="TrainingException">There is none of that name.</exception>
    public ITrainingTask Get(string name) => _tasks.TryGetValue(name, out var task)
        ? task
        : TaskAssembly.IsReference(name) ? TaskAssembly.Load(name)
        : throw new TrainingException(TrainingException.UnknownTask, $"There is no task '{name}'; there are: {string.Join(", ", _tasks.Keys)}.");
}
