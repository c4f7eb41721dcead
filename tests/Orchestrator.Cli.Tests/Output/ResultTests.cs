using System.Text.Json.Nodes;
using Orchestrator.Cli.Output;
using Orchestrator.Cli.Progress;
using Orchestrator.Cli.Tests.Fakes;

namespace Orchestrator.Cli.Tests.Output;

public sealed class ResultTests
{
    [Fact]
    public void Lines_OfACompletedExperiment_SayWhatIsBestAndWhereItIs()
    {
        Assert.Equal(
            """
            a-1 completed in 2m05s: 2 trials (1 completed, 1 stopped early).
            Best: trial 1
              validation_elbo  -104.25 at epoch 10
              parameters       learning_rate=0.001235 batch_size=128
              checkpoint       /state/trial-1/epoch-10
              samples          /state/samples.png
            """.ReplaceLineEndings("\n"),
            string.Join('\n', ResultText.Lines(Result())));
    }

    [Fact]
    public void Json_OfACompletedExperiment_HasBestTrialsSecondsAndArtifacts()
    {
        var json = ResultJson.Of(Result());

        Assert.Equal("completed", (string?)json["status"]);
        Assert.Equal(125.0, (double?)json["seconds"]);
        Assert.Equal(2, json["trials"]!.AsArray().Count);
        Assert.Equal(1, (int?)json["best"]!["trial"]);
        Assert.Equal("validation_elbo", (string?)json["best"]!["metric"]);
        Assert.Equal(-104.25, (double?)json["best"]!["value"]);
        Assert.Equal(128, (int?)json["best"]!["parameters"]!["batch_size"]);
        Assert.Equal("/state/samples.png", (string?)json["artifacts"]!["samples"]);
        Assert.Null(json["artifacts"]!["reconstructions"]);
    }

    [Fact]
    public void ParetoFront_WithSeveralMetrics_ListsItsTrials()
    {
        var view = Tradeoffs();

        Assert.Equal(
            """
            Pareto front:
              trial 1: validation_elbo -104.25, loss 141.25; learning_rate=0.001235 batch_size=128
              trial 3: validation_elbo -130, loss 141.25; learning_rate=0.001235 batch_size=128
            """.ReplaceLineEndings("\n"),
            string.Join('\n', ResultText.ParetoLines(view)));
        var json = ResultJson.ParetoFront(view)!;
        Assert.Equal([1, 3], json.Select(t => (int)t!["trial"]!));
        Assert.Equal(141.25, (double?)json[0]!["metrics"]!["loss"]);
        Assert.Equal(128, (int?)json[0]!["parameters"]!["batch_size"]);
    }

    [Fact]
    public void ParetoFront_WithOneMetric_IsNotThere()
    {
        Assert.Empty(ResultText.ParetoLines(Result().View));
        Assert.Null(ResultJson.ParetoFront(Result().View));
    }

    [Fact]
    public void Json_WithNaN_IsStillJson()
    {
        var trial = Trials.Of(1, "failed");
        trial.Metrics["loss"] = double.NaN;

        var json = JsonNode.Parse(TrialJson.Of(trial).ToJsonString(JsonText.Options))!;

        Assert.Null(json["metrics"]!["loss"]);
    }

    private static ExperimentView Tradeoffs()
    {
        var experiment = FakeExperiments.Running("a-1", DateTimeOffset.UnixEpoch);
        experiment.FurtherMetrics.Add("loss");
        experiment.ParetoFront.AddRange([1, 3]);
        experiment.Trials.AddRange([Trials.Of(1, "completed", 10, -104.25), Trials.Of(2, "completed", 10, -140), Trials.Of(3, "completed", 10, -130)]);
        return ExperimentView.Of(experiment);
    }

    private static ExperimentResult Result()
    {
        var experiment = FakeExperiments.Running("a-1", DateTimeOffset.UnixEpoch);
        experiment.Status = "completed";
        experiment.BestTrial = 1;
        experiment.Trials.Add(Trials.Of(1, "completed", 10, -104.25));
        experiment.Trials.Add(Trials.Of(2, "stopped", 3, -130));
        return new ExperimentResult(ExperimentView.Of(experiment), "/state/trial-1/epoch-10", 125) { Samples = "/state/samples.png" };
    }
}
