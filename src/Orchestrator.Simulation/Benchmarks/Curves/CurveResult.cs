using System.Text.Json.Serialization;

namespace Orchestrator.Simulation.Benchmarks.Curves;

/// <summary>What a scheduler reached on a table of curves.</summary>
/// <param name="Table">The table.</param>
/// <param name="Algorithm">The search algorithm.</param>
/// <param name="Scheduler">The trial scheduler.</param>
/// <param name="BudgetEpochs">Epochs that a run may spend.</param>
/// <param name="Workers">Trials that run at once.</param>
/// <param name="Seeds">Runs.</param>
/// <param name="BestFinalError">The mean over runs of the least error of a whole training.</param>
/// <param name="Regret">The mean over runs of its regret.</param>
/// <param name="PerSeed">The regret of each run.</param>
/// <param name="Trials">The mean number of trials of a run.</param>
public sealed record CurveResult(
    [property: JsonPropertyName("table")] string Table,
    [property: JsonPropertyName("algorithm")] string Algorithm,
    [property: JsonPropertyName("scheduler")] string Scheduler,
    [property: JsonPropertyName("budget_epochs")] int BudgetEpochs,
    [property: JsonPropertyName("workers")] int Workers,
    [property: JsonPropertyName("seeds")] int Seeds,
    [property: JsonPropertyName("best_final_error")] double BestFinalError,
    [property: JsonPropertyName("regret")] double Regret,
    [property: JsonPropertyName("per_seed")] IReadOnlyList<double> PerSeed,
    [property: JsonPropertyName("trials")] double Trials);
