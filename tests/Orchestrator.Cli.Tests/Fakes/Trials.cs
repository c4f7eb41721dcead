using Orchestrator.Protocol;

namespace Orchestrator.Cli.Tests.Fakes;

/// <summary>Trials for tests.</summary>
public static class Trials
{
    public static Trial Of(int number, string status, int epoch = 0, double? best = null) => With(
        new Trial
        {
            Number = number,
            Status = status,
            Attempt = 1,
            Epoch = epoch,
            Epochs = 10,
            Parameters = """{"learning_rate":0.0012345678,"batch_size":128}""",
            Seed = 7,
        },
        best);

    private static Trial With(Trial trial, double? best)
    {
        if (best is { } value)
        {
            trial.BestMetric = value;
            trial.BestEpoch = trial.Epoch;
            trial.Metrics["validation_elbo"] = value;
            trial.Metrics["loss"] = 141.25;
        }
        return trial;
    }
}
