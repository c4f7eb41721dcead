using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.Specs.Importing;
using static Orchestrator.Specs.Tests.SweepFiles;

namespace Orchestrator.Specs.Tests;

public sealed class SweepImportTests
{
    private const string Katib = """
        apiVersion: kubeflow.org/v1beta1
        kind: Experiment
        metadata:
          namespace: kubeflow
          name: tune-it
        spec:
          objective: {type: maximize, goal: 0.99, objectiveMetricName: validation_elbo, additionalMetricNames: [train_loss]}
          algorithm: {algorithmName: multivariate-tpe}
          earlyStopping:
            algorithmName: medianstop
            algorithmSettings: [{name: min_trials_required, value: "2"}, {name: start_step, value: "5"}]
          parallelTrialCount: 3
          maxTrialCount: 12
          maxFailedTrialCount: 3
          parameters:
            - {name: learning_rate, parameterType: double, feasibleSpace: {min: "0.0001", max: "0.1", distribution: logUniform}}
            - {name: hidden_size, parameterType: int, feasibleSpace: {min: "64", max: "512", step: "64"}}
            - {name: weight_decay, parameterType: double, feasibleSpace: {min: "0.05", max: "0.35", step: "0.1"}}
            - {name: latent_size, parameterType: int, feasibleSpace: {min: "2", max: "64"}}
            - {name: batch_size, parameterType: discrete, feasibleSpace: {list: ["32", "64"]}}
            - {name: optimizer, parameterType: categorical, feasibleSpace: {list: [adam, sgd]}}
          trialTemplate: {primaryContainerName: training}
        """;

    [Fact]
    public void Convert_KatibExperiment_GivesASweepThatLoads()
    {
        var imported = SweepImport.Convert(Katib, "vae");

        Assert.Empty(Text(imported.Errors));
        Assert.Equal(["spec.trialTemplate"], imported.Warnings.Select(w => w.Path));
        var result = Parse(imported.Text! + "dataset: mnist\n");
        Assert.Empty(Text(result.Errors));
        var spec = result.Spec!;
        Assert.Equal(("tune-it", SearchMethod.Tpe, 12, 3), (spec.Name, spec.Method, spec.Budget.Trials, spec.Resources.MaxParallel));
        Assert.Equal(new MetricSpec("validation_elbo", Goal.Maximize), spec.Metric);
        Assert.Equal(new EarlyTerminateSpec.Percentile(0.5, 5, 2), spec.EarlyTerminate);
        Assert.Equal(new Distribution.LogUniform(1e-4, 0.1), spec.Parameters[0].Distribution);
        Assert.Equal(new Distribution.Uniform(64, 512, 64), spec.Parameters[1].Distribution);
        Assert.Equal(["0.05", "0.15", "0.25", "0.35"], ((Distribution.Categorical)spec.Parameters[2].Distribution).Values.Select(v => v.ToString()));
        Assert.Equal(new Distribution.IntUniform(2, 64), spec.Parameters[3].Distribution);
        Assert.Equal([ParameterValue.Of(32L), ParameterValue.Of(64L)], ((Distribution.Categorical)spec.Parameters[4].Distribution).Values);
        Assert.Equal([ParameterValue.Of("adam"), ParameterValue.Of("sgd")], ((Distribution.Categorical)spec.Parameters[5].Distribution).Values);
    }

    [Fact]
    public void Convert_RayTuneSpace_GivesASweepThatLoads()
    {
        var imported = SweepImport.Convert("""
            {"metric": "validation_elbo", "mode": "max", "num_samples": 20, "param_space": {
              "learning_rate": {"loguniform": [1e-4, 1e-1]}, "hidden_size": {"qrandint": [16, 512, 16]}, "latent_size": {"type": "randint", "lower": 2, "upper": 64},
              "batch_size": {"tune.choice": [32, 64]}, "optimizer": {"_type": "choice", "_value": ["adam", "sgd"]}, "epochs": 3,
              "weight_decay": {"uniform": {"lower": 0, "upper": 1}}, "optim": {"gain": {"randn": [0, 2]}}, "beta": {"type": "lograndint", "lower": 1, "upper": 101}}}
            """, "vae");

        Assert.Empty(Text(imported.Errors));
        var result = Parse(imported.Text! + "dataset: mnist\n");
        Assert.Empty(Text(result.Errors));
        var spec = result.Spec!;
        Assert.Equal((SearchMethod.Random, 20, Goal.Maximize), (spec.Method, spec.Budget.Trials, spec.Metric.Goal));
        var distributions = spec.Parameters.ToDictionary(p => p.Name, p => p.Distribution);
        Assert.Equal(new Distribution.LogUniform(1e-4, 0.1), distributions["learning_rate"]);
        Assert.Equal(new Distribution.Uniform(16, 512, 16), distributions["hidden_size"]);
        Assert.Equal(new Distribution.IntUniform(2, 63), distributions["latent_size"]);
        Assert.Equal(new Distribution.Constant(ParameterValue.Of(3L)), distributions["epochs"]);
        Assert.Equal(new Distribution.Uniform(0, 1), distributions["weight_decay"]);
        Assert.Equal(new Distribution.Normal(0, 2), distributions["optim.gain"]);
        Assert.Equal(new Distribution.LogUniform(1, 100, 1), distributions["beta"]);
    }

    [Fact]
    public void Convert_RayGridSearch_IsAGridAndAsksForWhatIsMissing()
    {
        var imported = SweepImport.Convert("""{"hidden_size": {"grid_search": [64, 128]}, "optimizer": {"grid_search": ["adam", "no"]}}""");

        Assert.Equal(
            """
            # task: …   # fill in: what each trial trains
            method: grid
            # metric: …   # fill in: the metric that is optimised, and its goal
            parameters:
              hidden_size: {values: [64, 128]}
              optimizer: {values: [adam, no]}

            """.ReplaceLineEndings("\n"), imported.Text);
    }

    [Theory]
    [InlineData("[1]", "expected a Katib Experiment or a Ray Tune space, not a list")]
    [InlineData("{\"lr\": {\"uniform\": [0]}}", "lr: 'uniform' needs 'upper', a number.")]
    [InlineData("{\"lr\": [0, 1]}", "lr: expected a value or a map")]
    [InlineData("{\"lr\": {\"choice\": []}}", "lr: 'choice' takes a list")]
    [InlineData("kind: Experiment", "spec: 'spec' is missing")]
    [InlineData("kind: Experiment\nspec: {parameters: [{name: lr, parameterType: double, feasibleSpace: {min: low, max: 1}}]}", "spec.parameters.lr: a range has 'min' and 'max', which are numbers.")]
    [InlineData("kind: Experiment\nspec: {parameters: [{name: lr}]}", "expected a map with name, parameterType and feasibleSpace")]
    public void Convert_Faulty_SaysWhatAndWhere(string text, string expected)
    {
        var imported = SweepImport.Convert(text);

        Assert.Null(imported.Text);
        Assert.Contains(expected, Text(imported.Errors), StringComparison.Ordinal);
    }
}
