using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using static Orchestrator.Specs.Tests.SweepFiles;

namespace Orchestrator.Specs.Tests;

/// <summary>Conditions, derived parameters, constraints, points and several metrics.</summary>
public sealed class SpaceTests
{
    [Fact]
    public void Parse_ConditionalParameters_HaveTheirParents()
    {
        var spec = Good("""
            parameters:
              optimizer: {values: [adam, sgd]}
              weight_decay: {min: 0.0, max: 0.1, when: {optimizer: sgd}}
              beta: {value: 2, when: {optimizer: [adam, sgd]}}
            """);

        Assert.Null(spec.Parameters[0].When);
        var condition = Assert.Single(spec.Parameters[1].When!);
        Assert.Equal("optimizer", condition.Parameter);
        Assert.Equal([ParameterValue.Of("sgd")], condition.Values);
        Assert.Equal(2, spec.Parameters[2].When![0].Values.Count);
    }

    [Fact]
    public void Parse_OwnDistributions_AreRead()
    {
        var spec = Good("""
            parameters:
              hidden_size: {distribution: ordinal, values: [64, 100, 256]}
              weight_decay: {distribution: beta, a: 2, b: 5}
              latent_size: {expression: "hidden_size // 4"}
            """);

        Assert.IsType<Distribution.Ordinal>(spec.Parameters[0].Distribution);
        Assert.Equal(new Distribution.Beta(2, 5), spec.Parameters[1].Distribution);
        Assert.Equal(new Distribution.Derived("hidden_size // 4"), spec.Parameters[2].Distribution);
    }

    [Fact]
    public void Parse_Privacy_IsShortForParametersOfFixedValues()
    {
        var spec = Good("""
            parameters:
              hidden_size: {value: 64}
            privacy: {epsilon: 3, clip: 0.5}
            """);

        Assert.Equal(["hidden_size", "privacy_epsilon", "privacy_clip"], spec.Parameters.Select(p => p.Name));
        Assert.Equal(0.5, Assert.IsType<Distribution.Constant>(spec.Parameters[2].Distribution).Value.Number);
    }

    [Theory]
    [InlineData("privacy: {clip: 1}", "privacy.epsilon: 'epsilon' is missing")]
    [InlineData("privacy: {epsilon: 3, sigma: 1}", "unknown key 'sigma'")]
    [InlineData("privacy: {epsilon: 1e9}", "privacy_epsilon")]
    public void Parse_FaultyPrivacy_SaysWhere(string privacy, string expected)
    {
        var result = Parse($"{Head}parameters:\n  hidden_size: {{value: 64}}\n{privacy}\n");

        Assert.Contains(expected, Text(result.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_ConstraintsAndForbidden_BecomeConditionsThatHold()
    {
        var spec = Good("""
            parameters:
              hidden_size: {min: 16, max: 512}
              optimizer: {values: [adam, sgd]}
            constraints: ["hidden_size <= 400", "train_loss < 200"]
            forbidden:
              - {optimizer: sgd, hidden_size: [16, 17]}
              - optimizer == 'adam' and hidden_size > 300
            """);

        Assert.Equal(
            [
                "hidden_size <= 400", "train_loss < 200", "not (optimizer in ['sgd'] and hidden_size in [16, 17])",
                "not (optimizer == 'adam' and hidden_size > 300)",
            ],
            spec.Constraints);
    }

    [Fact]
    public void Parse_PointsToEvaluate_AreReadNestedOrDotted()
    {
        var spec = Good("""
            parameters:
              optim: {parameters: {gain: {min: 0.0, max: 1.0}}}
              hidden_size: {values: [64, 128]}
            points_to_evaluate: [{optim: {gain: 0.5}, hidden_size: 64}, {optim.gain: 0.25}]
            """);

        Assert.Equal(["hidden_size=64, optim.gain=0.5", "optim.gain=0.25"], spec.PointsToEvaluate!.Select(p => p.ToString()));
    }

    [Fact]
    public void Parse_SeveralMetrics_TheFirstLeads()
    {
        var result = Parse("""
            task: vae
            dataset: mnist
            method: nsga2
            run_cap: 4
            metric: [{name: validation_elbo, goal: maximize}, {name: train_loss}]
            parameters: {hidden_size: {values: [64, 128]}}
            """);

        Assert.Empty(Text(result.Errors));
        Assert.Equal(new MetricSpec("validation_elbo", Goal.Maximize), result.Spec!.Metric);
        Assert.Equal([new MetricSpec("train_loss", Goal.Minimize)], result.Spec.FurtherMetrics);
    }

    [Theory]
    [InlineData("optimizer: {values: [adam, sgd]}\n  beta: {value: 1, when: {optimiser: sgd}}", "parameters.beta.when.optimiser: there is no parameter 'optimiser' — did you mean 'optimizer'?")]
    [InlineData("optimizer: {values: [adam, sgd]}\n  beta: {value: 1, when: {optimizer: adamw}}", "parameters.beta.when.optimizer: 'optimizer' is never adamw.")]
    [InlineData("beta: {values: [1, 2], when: {hidden_size: 4}}\n  hidden_size: {values: [4, 8], when: {beta: 1}}", "'beta' and 'hidden_size' depend on each other")]
    [InlineData("hidden_size: {min: 8, max: 64}\n  latent_size: {expression: hidden_size / 4}", "'hidden_size / 4' gives a number, but 'latent_size' takes whole numbers: put it in round(…), floor(…) or ceil(…).")]
    [InlineData("hidden_size: {min: 8, max: 64}\n  latent_size: {expression: hiddensize * 2}", "there is no 'hiddensize', at character 1 of 'hiddensize * 2'; there are: hidden_size, latent_size")]
    [InlineData("hidden_size: {expression: latent_size}\n  latent_size: {expression: hidden_size}", "depends on itself")]
    [InlineData("hidden_size: {min: 8, max: 64}\nconstraints: [\"hidden_size * 2\"]", "10:15: constraints: 'hidden_size * 2' gives a whole number; a condition compares, such as 'a <= 16'.")]
    [InlineData("hidden_size: {min: 8, max: 64}\nforbidden: [\"train_loss > 2\"]", "forbidden: there is no 'train_loss', at character 1")]
    [InlineData("hidden_size: {min: 8, max: 64}\nconstraints: [\"hidden_size <\"]", "expected a value, a name or '(', not the end, at character 14")]
    [InlineData("hidden_size: {min: 8, max: 64}\npoints_to_evaluate: [{hidden_size: 65}]", "'hidden_size' is never 65 in this space.")]
    [InlineData("hidden_size: {min: 8, max: 64}\npoints_to_evaluate: [{width: 65}]", "there is no parameter 'width'")]
    [InlineData("weight_decay: {distribution: ordinal, values: [0.1, 0.2, 0.1]}", "an order has each value in one place")]
    public void Parse_FaultySpace_SaysWhatAndWhere(string parameters, string expected)
    {
        var result = Parse($"{Head}parameters:\n  {parameters}\n");

        Assert.Null(result.Spec);
        Assert.Contains(expected, Text(result.Errors), StringComparison.Ordinal);
    }

    private static ExperimentSpec Good(string parameters)
    {
        var result = Parse(Head + parameters);
        Assert.Empty(Text(result.Errors));
        return result.Spec!;
    }
}
