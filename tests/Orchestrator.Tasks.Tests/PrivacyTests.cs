using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Parameters;
using Orchestrator.Training;
using Orchestrator.Training.Privacy;
using Orchestrator.Training.Trials;

namespace Orchestrator.Tasks.Tests;

/// <summary>Differential privacy: each row can change the parameters by little, and what that costs is known.</summary>
public sealed class PrivacyTests : IDisposable
{
    private const int Rows = 540;

    private readonly string _folder = Directory.CreateTempSubdirectory("private-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>One step of plain gradient descent at learning rate 1 over all rows moves the parameters by the gradient and the noise.</summary>
    [Fact]
    public void Run_ClipThatNoRowReaches_MovesByTheGradientAndTheNoise()
    {
        const double Clip = 2000, Noise = 0.05;
        var ordinary = OneStep("ordinary");
        var covered = OneStep("private", ("privacy_epsilon", 10_000), ("privacy_clip", Clip), ("privacy_noise", Noise));

        var noise = ordinary.Zip(covered, (a, b) => (double)b - a).ToArray();

        var deviation = Math.Sqrt(noise.Average(value => value * value));
        Assert.Equal(1, deviation / (Noise * Clip / Rows), 0.02);
        Assert.InRange(Math.Abs(noise.Average()), 0, 5 * deviation / Math.Sqrt(noise.Length));
    }

    [Fact]
    public void Run_ClipBelowEveryGradient_MovesByNoMoreThanIt()
    {
        const double Clip = 1e-3, Noise = 0.05;
        var start = OneStep("start", ("learning_rate", 1e-9));
        var clipped = OneStep("clipped", ("privacy_epsilon", 10_000), ("privacy_clip", Clip), ("privacy_noise", Noise));

        var moved = Math.Sqrt(start.Zip(clipped, (a, b) => ((double)b - a) * ((double)b - a)).Sum());

        var ofNoise = Noise * Clip / Rows * Math.Sqrt(start.Length);
        Assert.InRange(moved, 0.1 * Clip, Clip + (1.05 * ofNoise));
    }

    [Fact]
    public void Run_WithABudget_SpendsItByTheLastEpochAndNoMore()
    {
        var observer = new RecordingObserver();

        Trials.Run(Private(2, ("privacy_epsilon", 3)), observer);

        var spent = observer.Epochs.Select(report => report.Metrics["privacy_epsilon"]).ToArray();
        Assert.InRange(spent[0], 1, spent[1]);
        Assert.InRange(spent[1], 2.9, 3);
    }

    [Fact]
    public void Run_WithNoiseThatSpendsMore_EndsBeforeTheBudgetIsOverspent()
    {
        const double Noise = 1;
        var observer = new RecordingObserver();
        var accountant = new RenyiAccountant(64.0 / Rows, Noise);
        var budget = accountant.Epsilon(20, 1e-5); // two epochs of nine steps, and a bit

        var result = Trials.Run(Private(5, ("privacy_epsilon", budget), ("privacy_noise", Noise)), observer);

        Assert.Equal((TrialOutcome.Completed, 2, 18L), (result.Outcome, result.Epoch, result.Step));
        Assert.Equal(2, observer.Started!.Epochs);
        Assert.Equal(accountant.Epsilon(18, 1e-5), observer.Epochs[^1].Metrics["privacy_epsilon"]);
    }

    [Fact]
    public void Run_OnTwoRanks_GivesTheModelOfOne()
    {
        var (one, ranks) = (new RecordingObserver(), new RecordingObserver[] { new(), new() });
        Trials.Run(Private(1, ("privacy_epsilon", 3)), one);
        Trials.Run(Private(1, ("privacy_epsilon", 3)) with { CheckpointFolder = Path.Combine(_folder, "two") }, LocalProcessGroup.Create(2), ranks);

        Assert.Equal(1, ranks[0].Epochs[0].Metrics["train_loss"] / one.Epochs[0].Metrics["train_loss"], 1e-5);
        Assert.Equal(1, ranks[1].Epochs[0].Metrics["validation_loss"] / one.Epochs[0].Metrics["validation_loss"], 1e-4);
    }

    [Fact]
    public void Run_Resumed_GivesTheLossesOfAnUninterruptedRun()
    {
        var (whole, first, second) = (new RecordingObserver(), new RecordingObserver(), new RecordingObserver());
        Trials.Run(Private(2, ("privacy_epsilon", 3)) with { CheckpointFolder = Path.Combine(_folder, "whole") }, whole);
        var polls = 0;
        first.StopWhen = _ => ++polls == 12 ? StopRequest.SaveAndStop : StopRequest.None;
        var stopped = Trials.Run(Private(2, ("privacy_epsilon", 3)), first);

        Trials.Run(Again(Private(2, ("privacy_epsilon", 3)), stopped.LastCheckpoint!), second);

        Assert.Equal(12, second.Started!.Step);
        Assert.Equal(whole.Epochs[1].Metrics["validation_elbo"], second.Epochs[0].Metrics["validation_elbo"]);
        Assert.Equal(whole.Epochs[1].Metrics["privacy_epsilon"], second.Epochs[0].Metrics["privacy_epsilon"]);
    }

    [Theory]
    [InlineData(0.0, "what it spent is not accounted for")] // without privacy
    [InlineData(2.0, "what it spent is not accounted for")] // with other noise
    public void Run_FromACheckpointThatSpentOtherwise_IsRefused(double epsilonBefore, string expected)
    {
        var first = new RecordingObserver();
        Trials.Run(Private(1, ("privacy_epsilon", epsilonBefore)), first);

        var error = Assert.Throws<TrainingException>(() => Trials.Run(Again(Private(2, ("privacy_epsilon", 3)), first.Registered[^1]), new RecordingObserver()));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gan", 3, 0, "trains 2 networks")]
    [InlineData("vae", 3, 0.001, "raise one of them")]
    [InlineData("vae", 1e-9, 0, "no noise gives")]
    public void Run_OfWhatCannotBePrivate_SaysWhy(string task, double epsilon, double noise, string expected)
    {
        var assignment = Private(1, ("privacy_epsilon", epsilon), ("privacy_noise", noise), ("privacy_delta", 1e-12));
        if (task == "gan")
            assignment = assignment with { Task = task, Parameters = new ParameterSet(assignment.Parameters.Where(p => p.Key != "hidden_size")) };

        var error = Assert.Throws<TrainingException>(() => Trials.Run(assignment, new RecordingObserver()));

        Assert.Equal(TrainingException.InvalidParameters, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private float[] OneStep(string name, params (string Name, double Value)[] parameters)
    {
        var observer = new RecordingObserver();
        var assignment = With(Private(1), [("momentum", 0), ("learning_rate", 1), .. parameters]);
        assignment = assignment with
        {
            CheckpointFolder = Path.Combine(_folder, name),
            Parameters = new ParameterSet([
                .. assignment.Parameters.Where(p => p.Key != "batch_size"), new("batch_size", ParameterValue.Of((long)Rows)), new("optimizer", ParameterValue.Of("sgd")),
            ]),
        };
        Trials.Run(assignment, observer);
        return SavedModel.Read(observer.Registered[^1]);
    }

    private TrialAssignment Private(long epochs, params (string Name, double Value)[] parameters) => With(Trials.Small(_folder, epochs), parameters);

    private static TrialAssignment With(TrialAssignment assignment, params (string Name, double Value)[] parameters)
    {
        var all = assignment.Parameters.ToDictionary(StringComparer.Ordinal);
        foreach (var (name, value) in parameters) all[name] = ParameterValue.Of(value);
        return assignment with { Parameters = new ParameterSet(all) };
    }

    private static TrialAssignment Again(TrialAssignment assignment, CheckpointRecord checkpoint) =>
        assignment with { Attempt = assignment.Attempt with { Number = 2 }, ResumeFrom = [checkpoint] };
}
