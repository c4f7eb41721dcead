namespace Orchestrator.Training.Tasks;

/// <summary>A model that can come to make only a few kinds of samples.</summary>
public interface ICollapsibleModel
{
    /// <summary>What in an evaluation's metrics says that it has.</summary>
    /// <param name="metrics">All metrics of an epoch.</param>
    /// <returns>The evidence, as in "2 of 8 modes"; null: no sign.</returns>
    string? SignOfCollapse(IReadOnlyDictionary<string, double> metrics);
}
