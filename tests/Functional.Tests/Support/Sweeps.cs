using Orchestrator.TestKit.Files;

namespace Orchestrator.Functional.Tests.Support;

/// <summary>Small sweep files on the digits that ship with the repository.</summary>
public static class Sweeps
{
    /// <summary>The folder of the shipped digits.</summary>
    public static string Data { get; } = Path.Combine(Root(), "examples/data/mnist");

    /// <summary>Writes a sweep of VAEs that train in seconds.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="trials">How many.</param>
    /// <param name="epochs">Of each.</param>
    /// <param name="ranks">Of each.</param>
    /// <param name="collective">How they reduce.</param>
    /// <param name="then">Epochs of the second trial, where they are others than the first one's.</param>
    /// <param name="least">With how many ranks a trial goes on when it loses others.</param>
    /// <returns>The file's path.</returns>
    public static string Write(TemporaryFolder folder, int trials = 2, int epochs = 2, int ranks = 1, string collective = "auto", int? then = null, int? least = null)
    {
        var all = then is null ? $"{{value: {epochs}}}" : $"{{values: [{epochs}, {then}]}}";
        var points = then is null ? "" : $"points_to_evaluate: [{{epochs: {epochs}}}, {{epochs: {then}}}]";
        var file = folder.At("small.yaml");
        File.WriteAllText(file, $$"""
            name: small
            task: vae
            dataset: {kind: mnist, path: "{{Data}}"}
            method: random
            run_cap: {{trials}}
            seed: 7
            metric: {name: validation_elbo, goal: maximize}
            parameters:
              epochs: {{all}}
              learning_rate: {distribution: log_uniform_values, min: 5e-4, max: 4e-3}
              batch_size: {value: 500}
              hidden_size: {value: 32}
              latent_size: {value: 4}
            resources: {world_size: {{ranks}}, max_parallel: 1{{(least is null ? "" : $", min_world_size: {least}")}}}
            collective: {{collective}}
            {{points}}
            """);
        return file;
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Orchestrator.sln"))) folder = Path.GetDirectoryName(folder.TrimEnd('/'))!;
        return folder;
    }
}
