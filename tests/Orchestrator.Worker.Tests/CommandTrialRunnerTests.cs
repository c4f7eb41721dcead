using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Checkpoints;
using Orchestrator.Collectives;
using Orchestrator.Domain.Checkpoints;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.TestKit.Files;
using Orchestrator.Training;
using Orchestrator.Training.Trials;
using Orchestrator.Worker.Commands;

namespace Orchestrator.Worker.Tests;

public sealed class CommandTrialRunnerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_OfAProgram_PassesParametersAndReportsItsLines()
    {
        var observer = new Observer();
        var result = Run(
            """
            import json, os, sys
            print("hello")
            print(json.dumps({"epoch": 1, "step": 7, "loss": 0.5, "note": "words", "bad": None}))
            print(json.dumps({"loss": float(os.environ["ORCH_PARAMETER_LEARNING_RATE"]), "world": int(os.environ["WORLD_SIZE"]), "given": sys.argv[1:].count("--depth=3")}))
            """,
            observer);

        Assert.Equal((TrialOutcome.Completed, 2, 7L), (result.Outcome, result.Epoch, result.Step));
        Assert.Equal([(1, 7L), (2, 7L)], observer.Epochs.Select(report => (report.Epoch, report.Step)));
        Assert.Equal((0.5, double.NaN), (observer.Epochs[0].Metrics["loss"], observer.Epochs[0].Metrics["bad"]));
        Assert.False(observer.Epochs[0].Metrics.ContainsKey("note"));
        Assert.Equal((0.25, 1.0, 1.0), (observer.Epochs[1].Metrics["loss"], observer.Epochs[1].Metrics["world"], observer.Epochs[1].Metrics["given"]));
        Assert.Equal(4, observer.Started!.Epochs);
    }

    [Fact]
    public void Run_OfAProgramThatFails_HasItsExitCodeAndLastWords()
    {
        var exception = Assert.Throws<TrainingException>(() => Run("import sys\nprint('no such column', file=sys.stderr)\nsys.exit(3)", new Observer()));
        Assert.Equal(TrainingException.CommandFailed, exception.Code);
        Assert.Contains("exit code 3: no such column", exception.Message, StringComparison.Ordinal);
        Assert.Equal(3, exception.ExitCode);
    }

    [Fact]
    public void Run_OfNoProgram_SaysSo() => Assert.Contains(
        "cannot be started",
        Assert.Throws<TrainingException>(() => Run(["/nowhere/program"], new Observer())).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Run_ToldToStop_LetsTheProgramSayItsLastWords()
    {
        var observer = new Observer { StopAfter = 1 };
        var result = Run(
            """
            import json, signal, sys
            def leave(signal, frame):
                print(json.dumps({"epoch": 2, "loss": 2}), flush=True)
                sys.exit(0)
            signal.signal(signal.SIGTERM, leave)
            print(json.dumps({"epoch": 1, "loss": 1}), flush=True)
            signal.pause()
            """,
            observer);

        Assert.Equal((TrialOutcome.Stopped, 2), (result.Outcome, result.Epoch));
    }

    private TrialResult Run(string script, Observer observer)
    {
        File.WriteAllText(_folder.At("train.py"), script);
        return Run(["/usr/bin/python3", _folder.At("train.py")], observer);
    }

    private TrialResult Run(string[] command, Observer observer)
    {
        using var group = new SingleProcessGroup("test");
        var runner = new CommandTrialRunner(new NoRunner(), TimeProvider.System, NullLogger<CommandTrialRunner>.Instance);
        var assignment = new TrialAssignment
        {
            Attempt = new AttemptId(new TrialId(new ExperimentId("test"), 1), 1),
            Task = "command",
            Command = command,
            Parameters = new ParameterSet([new("learning_rate", ParameterValue.Of(0.25)), new("depth", ParameterValue.Of(3L)), new("epochs", ParameterValue.Of(4L))]),
            Seed = 1,
            Dataset = new DatasetSpec("", ""),
            Metric = new MetricSpec("loss", Goal.Minimize),
            CheckpointFolder = _folder.Path,
        };
        return runner.Run(assignment, group, observer, observer, CancellationToken.None);
    }

    private sealed class NoRunner : ITrialRunner
    {
        public TrialResult Run(TrialAssignment assignment, IProcessGroup group, ITrialObserver observer, ICheckpointRegistrar registrar, CancellationToken abort, IRegrouping? regrouping = null) =>
            throw new InvalidOperationException("It is a program.");
    }

    private sealed class Observer : ITrialObserver, ICheckpointRegistrar
    {
        public int StopAfter { get; init; } = int.MaxValue;

        public StopRequest StopRequest => Epochs.Count >= StopAfter ? StopRequest.Stop : StopRequest.None;

        public TrialStarted? Started { get; private set; }

        public List<EpochReport> Epochs { get; } = [];

        public void OnStarted(TrialStarted started) => Started = started;

        public void OnProgress(TrialProgress progress)
        {
        }

        public void OnEpoch(EpochReport report) => Epochs.Add(report);

        public void OnCheckpointSaved(CheckpointRecord record)
        {
        }

        public void OnCheckpointSkipped(int epoch, string reason)
        {
        }

        public void OnCheckpointRefused(CheckpointRecord record, CheckpointException reason)
        {
        }

        public Task<bool> RegisterAsync(CheckpointRecord record, CancellationToken cancellationToken) => Task.FromResult(true);

        public Task<bool> RemoveAsync(TrialId trial, string location, CancellationToken cancellationToken) => Task.FromResult(true);
    }
}
