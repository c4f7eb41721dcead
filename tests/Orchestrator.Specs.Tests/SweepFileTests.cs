using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using static Orchestrator.Specs.Tests.SweepFiles;

namespace Orchestrator.Specs.Tests;

public sealed class SweepFileTests
{
    [Fact]
    public void Parse_EveryKey_GivesTheWholeSpec()
    {
        var result = Parse("""
            name: My Sweep, no. 1
            description: for people
            task: vae
            dataset: {kind: mnist, path: ../data/digits}
            method: random
            metric: {name: validation_elbo, goal: maximize}
            parameters:
              learning_rate: {distribution: log_uniform_values, min: 1e-4, max: 1e-2}
              batch_size: {values: [64, 128]}
              epochs: {value: 30}
            early_terminate: {type: asha, min_iter: 3, max_iter: 30, eta: 2, brackets: 2}
            run_cap: 6
            budget: {wall_time: 2h30m, device_hours: 4, epochs: 500}
            resources: {world_size: 2, device: cuda, max_parallel: 3}
            collective: grpc
            checkpoint: {every: 2, keep: 3, artifacts: [tensorboard, files]}
            seed: 7
            """);

        Assert.Equal("", Text(result.Errors));
        Assert.Empty(result.Warnings);
        var spec = result.Spec!;
        Assert.Equal("my-sweep-no-1", spec.Name);
        Assert.Equal("vae", spec.Task);
        Assert.Equal(new DatasetSpec("mnist", "/data/digits"), spec.Dataset);
        Assert.Equal(new MetricSpec("validation_elbo", Goal.Maximize), spec.Metric);
        Assert.Equal(new Distribution.LogUniform(1e-4, 1e-2), spec.Parameters[0].Distribution);
        Assert.Equal(["learning_rate", "batch_size", "epochs"], spec.Parameters.Select(p => p.Name));
        Assert.Equal(new EarlyTerminateSpec.Asha(3, 2, 30, 2), spec.EarlyTerminate);
        Assert.Equal(new BudgetSpec(6, TimeSpan.FromMinutes(150), 4, 500), spec.Budget);
        Assert.Equal(new ResourcesSpec(2, DeviceKind.Cuda, 3), spec.Resources);
        Assert.Equal(CollectiveKind.Grpc, spec.Collective);
        Assert.Equal(new CheckpointSpec(2, 3), spec.Checkpoint with { Artifacts = null });
        Assert.Equal([ArtifactKind.Files, ArtifactKind.TensorBoard], spec.Checkpoint.Artifacts);
        Assert.Equal(7, spec.Seed);
    }

    [Fact]
    public void Parse_WeightsAndBiasesFileWithATask_LoadsWithWarnings()
    {
        var result = Parse("""
            program: train.py
            command: [python, train.py]
            project: digits
            entity: team
            name: sweepdemo
            method: grid
            metric:
              goal: minimize
              name: train_loss
            parameters:
              batch_size:
                values: [16, 32, 64]
              optimizer:
                values: ["adam", "sgd"]
            early_terminate:
              type: hyperband
              s: 2
              eta: 3
              max_iter: 27
              strict: true
            task: vae
            dataset: mnist
            """);

        Assert.Equal("", Text(result.Errors));
        Assert.Equal(new EarlyTerminateSpec.Asha(3, 3, 27), result.Spec!.EarlyTerminate);
        Assert.Equal(["program", "command", "project", "entity", "early_terminate.strict"], result.Warnings.Select(w => w.Path));
    }

    public static TheoryData<string, EarlyTerminateSpec> EarlyTerminations => new()
    {
        { "{type: asha}", new EarlyTerminateSpec.Asha(1, 3) },
        { "{type: asha, variant: promotion, brackets: 2}", new EarlyTerminateSpec.Promotion(1, 3, 9, 2) },
        { "{type: hyperband, variant: synchronous, eta: 2}", new EarlyTerminateSpec.Hyperband(9, 1, 2) },
        { "{type: pbt, interval: 2}", new EarlyTerminateSpec.Population(2) },
        { "{type: pb2, interval: 3, share: 0.5}", new EarlyTerminateSpec.Population(3, 0.5, Bandit: true) },
        { "{type: hyperband, min_iter: 3}", new EarlyTerminateSpec.Asha(3, 3) },
        { "{type: median, min_iter: 2, min_trials: 4, every: 3}", new EarlyTerminateSpec.Percentile(0.5, 2, 4, 3) },
        { "{type: percentile, share: 0.25}", new EarlyTerminateSpec.Percentile(0.25) },
        { "{type: forecast, share: 0.2, min_trials: 6}", new EarlyTerminateSpec.Forecast(0.2, 6) },
        { "{type: patience, epochs: 5, min_delta: 0.1}", new EarlyTerminateSpec.Patience(5, 0.1) },
    };

    [Theory]
    [MemberData(nameof(EarlyTerminations))]
    public void Parse_EarlyTermination_IsTheDeclaredOne(string value, EarlyTerminateSpec expected)
    {
        var result = Parse($"{Head}parameters: {{epochs: {{value: 9}}}}\nearly_terminate: {value}\n");

        Assert.Equal("", Text(result.Errors));
        Assert.Equal(expected, result.Spec!.EarlyTerminate);
    }

    [Fact]
    public void Parse_NestedParameters_AreDotted()
    {
        var result = Parse(Head + """
            parameters:
              optim:
                parameters:
                  gain: {min: 0.5, max: 2}
            """);

        Assert.Equal("", Text(result.Errors));
        var parameter = Assert.Single(result.Spec!.Parameters);
        Assert.Equal(new ParameterSpec("optim.gain", new Distribution.Uniform(0.5, 2)), parameter);
    }

    [Theory]
    [InlineData("dataset: mnist", "/sweeps/data/mnist")]
    [InlineData("dataset: {kind: mnist, path: x/y}", "/sweeps/x/y")]
    [InlineData("dataset: {kind: mnist, path: /abs}", "/abs")]
    public void Parse_DatasetPath_IsAbsolute(string dataset, string path)
    {
        var result = Parse(Head.Replace("dataset: mnist", dataset, StringComparison.Ordinal) + "parameters: {epochs: {value: 3}}");

        Assert.Equal("", Text(result.Errors));
        Assert.Equal(new DatasetSpec("mnist", path), result.Spec!.Dataset);
    }

    [Fact]
    public void Parse_DatasetPathGiven_ReplacesTheFiles()
    {
        var result = SweepFile.Parse(Head + "parameters: {epochs: {value: 3}}", Context with { DatasetPath = "/full" });

        Assert.Equal(new DatasetSpec("mnist", "/full"), result.Spec!.Dataset);
    }

    [Fact]
    public void Parse_DataMissing_IsOneErrorThatNamesThePath()
    {
        var result = SweepFile.Parse(Head + "parameters: {epochs: {value: 3}}", Context with { PathExists = _ => false });

        Assert.Equal("2:10: dataset: there is no '/sweeps/data/mnist': put the data there, or give its place with 'path' or --data.", Text(result.Errors));
        Assert.Null(result.Spec);
    }

    [Fact]
    public void Parse_NoName_TakesTheContexts()
    {
        var result = SweepFile.Parse(Head + "parameters: {epochs: {value: 3}}", Context with { DefaultName = "mnist_vae" });

        Assert.Equal("mnist-vae", result.Spec!.Name);
    }

    [Fact]
    public void Parse_AliasesAndAnchors_AreReplaced()
    {
        var result = Parse(Head + """
            parameters:
              hidden_size: &size {values: [16, 32]}
              latent_size: *size
            """);

        Assert.Equal("", Text(result.Errors));
        Assert.Equal(result.Spec!.Parameters[0].Distribution.ToString(), result.Spec.Parameters[1].Distribution.ToString());
    }

    public static TheoryData<string, Distribution> Distributions => new()
    {
        { "{min: 1, max: 9}", new Distribution.IntUniform(1, 9) },
        { "{min: 1, max: 9.5}", new Distribution.Uniform(1, 9.5) },
        { "{min: 1e-3, max: 1}", new Distribution.Uniform(1e-3, 1) },
        { "{value: 1e-3}", new Distribution.Constant(ParameterValue.Of(1e-3)) },
        { "{value: 3}", new Distribution.Constant(ParameterValue.Of(3L)) },
        { "{distribution: int_uniform, min: 1, max: 9}", new Distribution.IntUniform(1, 9) },
        { "{distribution: uniform, min: 1, max: 9}", new Distribution.Uniform(1, 9) },
        { "{distribution: q_uniform, min: 0, max: 1, q: 0.25}", new Distribution.Uniform(0, 1, 0.25) },
        { "{distribution: q_uniform, min: 0, max: 8}", new Distribution.Uniform(0, 8, 1) },
        { "{distribution: log_uniform, min: 0, max: 1}", new Distribution.LogUniform(1, Math.E) },
        { "{distribution: log_uniform_values, min: 0.1, max: 1}", new Distribution.LogUniform(0.1, 1) },
        { "{distribution: q_log_uniform_values, min: 1, max: 64, q: 8}", new Distribution.LogUniform(1, 64, 8) },
        { "{distribution: q_log_uniform, min: 0, max: 1, q: 0.5}", new Distribution.LogUniform(1, Math.E, 0.5) },
        { "{distribution: inv_log_uniform, min: -1, max: 0}", new Distribution.InverseLogUniform(1, Math.E) },
        { "{distribution: inv_log_uniform_values, min: 0.1, max: 1}", new Distribution.InverseLogUniform(0.1, 1) },
        { "{distribution: normal}", new Distribution.Normal(0, 1) },
        { "{distribution: normal, mu: 2, sigma: 0.5}", new Distribution.Normal(2, 0.5) },
        { "{distribution: q_normal, mu: 2, sigma: 0.5, q: 0.1}", new Distribution.Normal(2, 0.5, 0.1) },
        { "{distribution: log_normal, mu: -6, sigma: 1}", new Distribution.LogNormal(-6, 1) },
        { "{distribution: q_log_normal, mu: 1, sigma: 1, q: 2}", new Distribution.LogNormal(1, 1, 2) },
    };

    [Theory]
    [MemberData(nameof(Distributions))]
    public void Parse_Distribution_IsTheDeclaredOne(string value, Distribution expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var result = ParseParameter("optim.gain", value);

        Assert.Equal("", Text(result.Errors));
        Assert.Equal(expected, Assert.Single(result.Spec!.Parameters).Distribution);
    }
}
