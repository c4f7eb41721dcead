using Orchestrator.Tasks.Vae;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks;

/// <summary>The tasks that come with the product.</summary>
public static class TaskCatalog
{
    /// <summary>All of them, by name. Touching this loads no tensor library; only building a model does.</summary>
    public static TaskRegistry BuiltIn { get; } = new([new VaeTask()]);
}
