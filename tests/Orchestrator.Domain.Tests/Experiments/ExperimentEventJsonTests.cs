using System.Text;
using System.Text.Json;
using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Domain.Tests.Experiments;

/// <summary>
/// The journal's names are for ever: <c>Golden/events.jsonl</c> is what earlier versions wrote. A line of it may never change;
/// a new event or field gets a new line.
/// </summary>
public sealed class ExperimentEventJsonTests
{
    private static readonly DateTimeOffset At = new(2030, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    private static string[] Golden => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Experiments", "Golden", "events.jsonl"));

    private static ExperimentEvent[] Samples =>
    [
        new ExperimentSubmitted(At, FullSpec(), "name: digits\n"),
        new TrialProposed(At, 1, new ParameterSet([new("a", ParameterValue.Of(1)), new("b", ParameterValue.Of(1.0)), new("c", ParameterValue.Of("é")), new("d", ParameterValue.Of(true))]), 42),
        new AttemptStarted(At, 1, 2, ["worker-0", "worker-1"]),
        new TrialReported(At, 1, 2, 3, 4, 500, new Dictionary<string, double>(StringComparer.Ordinal) { ["loss"] = 0.25, ["elbo"] = double.NaN, ["gap"] = double.NegativeInfinity }),
        new AttemptEnded(At, 1, 2, AttemptOutcome.FailedForGood, "no such file", 137, "line 1\nline 2"),
        new AttemptEnded(At, 1, 2, AttemptOutcome.Completed, null),
        new TrialEnded(At, 1, TrialStatus.Stopped, "rung 3"),
        new ExperimentStopped(At, "asked to"),
        new ExperimentResumed(At),
        new ExperimentEnded(At, ExperimentStatus.Completed, "All trials ended."),
        new TrialPaused(At, 1, Initiator.Scheduler, "rung 3"),
        new TrialResumed(At, 1, Initiator.Scheduler, "promoted"),
        new TrialResumed(At, 1, Initiator.Person),
        new TrialExtended(At, 1, 60),
        new TrialForked(At, 2, 1, 30, new ParameterSet([new("a", ParameterValue.Of(0.5))]), 43, Initiator.Person, "steeper"),
        new AttemptEnded(At, 1, 2, AttemptOutcome.Preempted, "others"),
        new HostExcluded(At, "node-7", 1, 2, "ECC error"),
        new ExperimentSubmitted(At, PlacedSpec(), "name: digits\n"),
        new TrialProposed(At, 2, new ParameterSet([new("a", ParameterValue.Of(1))]), 42, RepeatOf: 1),
        new TrialReported(At, 1, 2, 4, 5, 600, new Dictionary<string, double>(StringComparer.Ordinal) { ["loss"] = 0.5 }, ["collapse: 1 of 8 modes"]),
        new AttemptEnded(At, 1, 2, AttemptOutcome.Unhealthy, "collapse"),
        new ExperimentSubmitted(At, CommandSpec(), "name: digits\n"),
        new ExperimentSubmitted(At, CommandSpec() with { Collective = CollectiveKind.Auto }, "name: digits\n"),
        new ExperimentDeleted(At, "ada", KeepsCheckpoints: true),
        new AttemptRegrouped(At, 1, 2, 3, ["worker-0", "worker-2"], ["worker-1"]),
        new ExperimentSubmitted(At, CommandSpec() with { Resources = new ResourcesSpec(4) { MinWorldSize = 2 } }, "name: digits\n"),
        new ExperimentSubmitted(At, CommandSpec() with { Budget = new BudgetSpec(Epochs: 1560) }, "name: digits\n"),
    ];

    [Fact]
    public void Serialize_EverySample_IsTheGoldenLine() => Assert.Equal(Golden, Samples.Select(e => Encoding.UTF8.GetString(ExperimentEventJson.Serialize(e))));

    [Fact]
    public void Deserialize_EveryGoldenLine_WritesItselfAgain() =>
        Assert.All(Golden, line => Assert.Equal(line, Encoding.UTF8.GetString(ExperimentEventJson.Serialize(ExperimentEventJson.Deserialize(Encoding.UTF8.GetBytes(line))))));

    [Fact]
    public void Samples_CoverEveryEvent() =>
        Assert.Equal(
            typeof(ExperimentEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(ExperimentEvent))).Select(t => t.Name).Order(StringComparer.Ordinal),
            Samples.Select(e => e.GetType().Name).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Deserialize_UnknownField_IsSkipped()
    {
        var read = ExperimentEventJson.Deserialize("""{"event":"experiment_resumed","at":"2030-01-02T03:04:05+00:00","by":"somebody"}"""u8);

        Assert.IsType<ExperimentResumed>(read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"event":"trial_danced","at":"2030-01-02T03:04:05+00:00"}""")]
    [InlineData("""{"event":"experiment_resumed","at":"yesterday"}""")]
    [InlineData("""{"event":"experiment_resumed","at":"2030-01-02T03:04""")]
    public void Deserialize_NoEvent_ThrowsJsonException(string text) => Assert.ThrowsAny<JsonException>(() => ExperimentEventJson.Deserialize(Encoding.UTF8.GetBytes(text)));

    private static ExperimentSpec CommandSpec() => new()
    {
        Name = "digits",
        Task = "command",
        Command = ["python3", "train.py"],
        Metric = new MetricSpec("elbo", Goal.Maximize),
        Parameters = [],
        Collective = CollectiveKind.Gloo,
        Health = new HealthSpec([HealthProblem.Nan, HealthProblem.Collapse]),
        InitFrom = "/models/vae.safetensors",
    };

    private static ExperimentSpec PlacedSpec() => new()
    {
        Name = "digits",
        Task = "vae",
        Metric = new MetricSpec("elbo", Goal.Maximize),
        Parameters = [],
        Collective = CollectiveKind.Gloo,
        Resources = new ResourcesSpec(1, DeviceKind.Cuda) { DeviceFraction = 0.25, Prefer = TopologyLevel.Rack, Require = TopologyLevel.Zone },
        Queue = "vision",
        Priority = 7,
        OnFailure = [new FailureRule("ECC", FailureAction.ExcludeNode), new FailureRule(null, FailureAction.Fail, 42)],
    };

    private static ExperimentSpec FullSpec() => new()
    {
        Name = "digits",
        Task = "vae",
        Dataset = new DatasetSpec("mnist", "/data/mnist"),
        Method = SearchMethod.Grid,
        Metric = new MetricSpec("elbo", Goal.Maximize),
        Parameters =
        [
            new("a", new Distribution.Constant(ParameterValue.Of(2.0))),
            new("b", new Distribution.Categorical([ParameterValue.Of("x"), ParameterValue.Of(1)], [0.25, 0.75])),
            new("c", new Distribution.Uniform(0, 1, 0.1)),
            new("d", new Distribution.LogUniform(1e-5, 1)),
            new("e", new Distribution.InverseLogUniform(1e-5, 1)),
            new("f", new Distribution.IntUniform(1, 10)),
            new("g", new Distribution.Normal(0, 1)),
            new("h", new Distribution.LogNormal(0, 1)),
        ],
        EarlyTerminate = new EarlyTerminateSpec.Asha(1, 3, 27, 2),
        Resources = new ResourcesSpec(2, DeviceKind.Cuda, 4),
        Collective = CollectiveKind.Grpc,
        Checkpoint = new CheckpointSpec(2, 3),
        Budget = new BudgetSpec(100, TimeSpan.FromHours(25), 12.5),
        Seed = 7,
    };
}
