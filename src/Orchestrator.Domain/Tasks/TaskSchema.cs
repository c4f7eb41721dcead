namespace Orchestrator.Domain.Tasks;

/// <summary>What a task understands: the parameters a sweep may set, and the metrics it reports. Known without loading a tensor library.</summary>
/// <param name="Name">The task's name in a sweep file.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Parameters">All parameters, the engine's common ones included.</param>
/// <param name="Metrics">The metrics a trial reports at each epoch; one of them may be optimised.</param>
/// <param name="DatasetKinds">The dataset kinds it trains on; empty: it makes its own data.</param>
public sealed record TaskSchema(
    string Name,
    string Description,
    IReadOnlyList<TaskParameter> Parameters,
    IReadOnlyList<string> Metrics,
    IReadOnlyList<string> DatasetKinds);
