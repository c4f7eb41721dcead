using System.Text.Json.Serialization;

namespace Orchestrator.Simulation.Benchmarks.Tables;

/// <summary>What a search algorithm reached on a table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Algorithm">The algorithm.</param>
/// <param name="Trials">Trials of each run.</param>
/// <param name="Seeds">Runs.</param>
/// <param name="Regret">By number of trials: the mean regret of the best trial so far.</param>
/// <param name="PerSeed">The same for each run.</param>
public sealed record TableResult(
    [property: JsonPropertyName("table")] string Table,
    [property: JsonPropertyName("algorithm")] string Algorithm,
    [property: JsonPropertyName("trials")] int Trials,
    [property: JsonPropertyName("seeds")] int Seeds,
    [property: JsonPropertyName("regret")] IReadOnlyDictionary<string, double> Regret,
    [property: JsonPropertyName("per_seed")] IReadOnlyList<IReadOnlyList<double>> PerSeed);
