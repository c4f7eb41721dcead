using System.Reflection;

namespace Orchestrator.Training.Tasks;

/// <summary>
/// A task of the user's own, in an assembly: <c>/path/to/my-task.dll#MyTask</c>. The assembly and what lies beside it are loaded into a context
/// of their own; the product's assemblies and the tensor library are those of the program.
/// </summary>
public static class TaskAssembly
{
    private const string Separator = ".dll#";

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, ITrainingTask> Loaded = new(StringComparer.Ordinal);

    /// <summary>Whether a task's name is of this form.</summary>
    public static bool IsReference(string name) => name.Contains(Separator, StringComparison.Ordinal);

    /// <summary>Loads a task; the same one each time.</summary>
    /// <param name="reference">An absolute path, <c>#</c>, and the name of a class, with its namespace or without.</param>
    /// <exception cref="TrainingException">There is no such file or class, or it is no task.</exception>
    public static ITrainingTask Load(string reference)
    {
        lock (Gate)
        {
            if (!Loaded.TryGetValue(reference, out var task))
                Loaded[reference] = task = new NamedTask(reference, Create(reference));
            return task;
        }
    }

    private static ITrainingTask Create(string reference)
    {
        var end = reference.IndexOf(Separator, StringComparison.Ordinal) + Separator.Length - 1;
        var (path, name) = (reference[..end], reference[(end + 1)..]);
        if (!File.Exists(path))
            throw Unknown(reference, $"there is no {path}.");
        try
        {
            var types = new TaskLoadContext(path).LoadFromAssemblyPath(path).GetExportedTypes();
            var type = types.FirstOrDefault(type => (type.FullName == name || type.Name == name) && typeof(ITrainingTask).IsAssignableFrom(type))
                ?? throw Unknown(reference, $"it has no public class '{name}' that is a task; its tasks are: {string.Join(", ", types.Where(t => typeof(ITrainingTask).IsAssignableFrom(t)).Select(t => t.Name))}");
            return (ITrainingTask)Activator.CreateInstance(type)!;
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException or TypeLoadException or MissingMethodException or TargetInvocationException)
        {
            throw Unknown(reference, exception.GetBaseException().Message, exception);
        }
    }

    private static TrainingException Unknown(string reference, string detail, Exception? cause = null) =>
        new(TrainingException.UnknownTask, $"The task '{reference}' cannot be loaded: {detail}", cause);
}
