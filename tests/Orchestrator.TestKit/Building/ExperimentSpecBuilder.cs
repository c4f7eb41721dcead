using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;

namespace Orchestrator.TestKit.Building;

/// <summary>Builds specs; what a test does not say is a small valid random search that minimises <c>loss</c>.</summary>
public sealed class ExperimentSpecBuilder
{
    private readonly List<ParameterSpec> _parameters = [];
    private ExperimentSpec _spec = new() { Name = "test", Task = "vae", Metric = new MetricSpec("loss", Goal.Minimize), Parameters = [], Seed = 1 };

    public ExperimentSpecBuilder Named(string name) => With(_spec with { Name = name });

    public ExperimentSpecBuilder Task(string task) => With(_spec with { Task = task });

    public ExperimentSpecBuilder Dataset(string kind, string path) => With(_spec with { Dataset = new DatasetSpec(kind, path) });

    public ExperimentSpecBuilder Method(SearchMethod method) => With(_spec with { Method = method });

    public ExperimentSpecBuilder Minimize(string metric) => With(_spec with { Metric = new MetricSpec(metric, Goal.Minimize) });

    public ExperimentSpecBuilder Maximize(string metric) => With(_spec with { Metric = new MetricSpec(metric, Goal.Maximize) });

    public ExperimentSpecBuilder Further(params MetricSpec[] metrics) => With(_spec with { FurtherMetrics = metrics });

    public ExperimentSpecBuilder Constraints(params string[] constraints) => With(_spec with { Constraints = constraints });

    public ExperimentSpecBuilder WorldSize(int ranks) => With(_spec with { Resources = _spec.Resources with { WorldSize = ranks } });

    public ExperimentSpecBuilder MinWorldSize(int ranks) => With(_spec with { Resources = _spec.Resources with { MinWorldSize = ranks } });

    public ExperimentSpecBuilder MaxParallel(int trials) => With(_spec with { Resources = _spec.Resources with { MaxParallel = trials } });

    public ExperimentSpecBuilder Trials(int trials) => With(_spec with { Budget = _spec.Budget with { Trials = trials } });

    public ExperimentSpecBuilder WallTime(TimeSpan time) => With(_spec with { Budget = _spec.Budget with { WallTime = time } });

    public ExperimentSpecBuilder DeviceHours(double hours) => With(_spec with { Budget = _spec.Budget with { DeviceHours = hours } });

    public ExperimentSpecBuilder BudgetEpochs(long epochs) => With(_spec with { Budget = _spec.Budget with { Epochs = epochs } });

    public ExperimentSpecBuilder Asha(int minResource = 1, double reductionFactor = 3) =>
        With(_spec with { EarlyTerminate = new EarlyTerminateSpec.Asha(minResource, reductionFactor) });

    public ExperimentSpecBuilder Checkpoint(int every, int keep) => With(_spec with { Checkpoint = new CheckpointSpec(every, keep) });

    public ExperimentSpecBuilder Collective(CollectiveKind kind) => With(_spec with { Collective = kind });

    public ExperimentSpecBuilder OnFailure(params FailureRule[] rules) => With(_spec with { OnFailure = rules });

    public ExperimentSpecBuilder Queue(string queue, int priority = 0) => With(_spec with { Queue = queue, Priority = priority });

    public ExperimentSpecBuilder Seed(long seed) => With(_spec with { Seed = seed });

    public ExperimentSpecBuilder Parameter(string name, Distribution distribution)
    {
        _parameters.Add(new ParameterSpec(name, distribution));
        return this;
    }

    public ExperimentSpecBuilder Constant(string name, double value) => Parameter(name, new Distribution.Constant(ParameterValue.Of(value)));

    public ExperimentSpec Build() => _spec with { Parameters = _parameters.Count > 0 ? [.. _parameters] : DefaultSpace };

    private static ParameterSpec[] DefaultSpace => [new ParameterSpec("learning_rate", new Distribution.LogUniform(1e-4, 1e-1))];

    private ExperimentSpecBuilder With(ExperimentSpec spec)
    {
        _spec = spec;
        return this;
    }
}
