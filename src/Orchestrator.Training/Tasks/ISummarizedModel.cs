namespace Orchestrator.Training.Tasks;

/// <summary>A model with validation metrics that are no means over rows, but follow from such means.</summary>
public interface ISummarizedModel
{
    /// <summary>Sets metrics that follow from others.</summary>
    /// <param name="metrics">All validation metrics of the task; those that <see cref="ITaskModel.Evaluate"/> added to are means over the validation set, the others 0.</param>
    void Summarize(IDictionary<string, double> metrics);
}
