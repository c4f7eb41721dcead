using Orchestrator.TestKit.Files;

namespace Orchestrator.Coordinator.Tests.Support;

/// <summary>Sweep files for tests; nobody trains them.</summary>
internal static class Sweeps
{
    /// <summary>A valid sweep of so many trials, with a data folder that exists.</summary>
    public static string Valid(TemporaryFolder folder, int trials = 2) => $$"""
        name: tiny
        task: vae
        dataset: {kind: mnist, path: {{folder.Path}}}
        method: random
        run_cap: {{trials}}
        metric: {name: validation_elbo, goal: maximize}
        parameters:
          epochs: {value: 2}
          learning_rate: {distribution: log_uniform_values, min: 1e-4, max: 1e-2}
        """;

    /// <summary>Two faults: a misspelt key on line 4, an impossible range on line 7.</summary>
    public const string Faulty = """
        task: vae
        dataset: {kind: mnist, path: /}
        method: random
        run_capp: 3
        metric: {name: validation_elbo, goal: maximize}
        parameters:
          learning_rate: {min: 1.0, max: 0.1}
        """;
}
