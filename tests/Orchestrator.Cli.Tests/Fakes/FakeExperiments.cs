using System.Collections.Concurrent;
using System.Threading.Channels;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Tests.Fakes;

/// <summary>A coordinator's client API over experiments that a test moves on by hand.</summary>
public sealed class FakeExperiments : Experiments.ExperimentsBase
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Experiment> _experiments = new(StringComparer.Ordinal);
    private readonly List<ChannelWriter<ExperimentUpdate>> _watches = [];

    public ConcurrentQueue<string> Calls { get; } = new();

    public List<Checkpoint> Checkpoints { get; } = [];

    public List<Curve> Curves { get; } = [];

    /// <summary>What a submission becomes.</summary>
    public Func<SubmitRequest, Experiment> OnSubmit { get; set; } = _ => throw new RpcException(new Status(StatusCode.InvalidArgument, "sweep.yaml:1:1: no submissions here"));

    /// <summary>Called after each watch has sent its first update.</summary>
    public Action<string> OnWatched { get; set; } = _ => { };

    public void Put(Experiment experiment)
    {
        lock (_lock) _experiments[experiment.Id] = experiment;
    }

    /// <summary>Changes an experiment and tells its watchers.</summary>
    public void Update(string id, Action<Experiment> change, params int[] trials)
    {
        lock (_lock)
        {
            var experiment = _experiments[id];
            change(experiment);
            var update = new ExperimentUpdate { Experiment = Header(experiment), Trials = { experiment.Trials.Where(trial => trials.Contains(trial.Number)).Select(trial => trial.Clone()) } };
            foreach (var watch in _watches) watch.TryWrite(update);
        }
    }

    /// <summary>Breaks every watch, as a coordinator that dies does.</summary>
    public void BreakWatches()
    {
        lock (_lock)
        {
            foreach (var watch in _watches) watch.TryComplete(new RpcException(new Status(StatusCode.Unavailable, "broken")));
        }
    }

    public override Task<Experiment> Submit(SubmitRequest request, ServerCallContext context)
    {
        Calls.Enqueue("submit");
        var experiment = OnSubmit(request);
        Put(experiment);
        return Task.FromResult(experiment.Clone());
    }

    public override Task<Experiment> Get(GetExperimentRequest request, ServerCallContext context) => Task.FromResult(Find(request.Experiment).Clone());

    public override Task<ListExperimentsResponse> List(ListExperimentsRequest request, ServerCallContext context)
    {
        lock (_lock) return Task.FromResult(new ListExperimentsResponse { Experiments = { _experiments.Values.Select(Header) } });
    }

    public override async Task Watch(WatchRequest request, IServerStreamWriter<ExperimentUpdate> responseStream, ServerCallContext context)
    {
        var updates = Channel.CreateUnbounded<ExperimentUpdate>();
        lock (_lock)
        {
            var experiment = Find(request.Experiment);
            updates.Writer.TryWrite(new ExperimentUpdate { Experiment = Header(experiment), Trials = { experiment.Trials.Select(trial => trial.Clone()) } });
            _watches.Add(updates.Writer);
        }
        var first = true;
        await foreach (var update in updates.Reader.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(update);
            if (first) OnWatched(request.Experiment);
            first = false;
            if (update.Experiment.Status != "running") return;
        }
    }

    public override Task<Experiment> Stop(StopExperimentRequest request, ServerCallContext context)
    {
        Calls.Enqueue($"stop {request.Experiment}: {request.Reason}");
        Update(request.Experiment, experiment => experiment.Status = "stopped");
        return Task.FromResult(Header(Find(request.Experiment)));
    }

    public override Task<Experiment> Resume(ResumeExperimentRequest request, ServerCallContext context)
    {
        Calls.Enqueue("resume " + request.Experiment);
        Update(request.Experiment, experiment => experiment.Status = "running");
        return Task.FromResult(Header(Find(request.Experiment)));
    }

    public override Task<DeleteExperimentResponse> Delete(DeleteExperimentRequest request, ServerCallContext context)
    {
        Calls.Enqueue($"delete {request.Experiment}{(request.Force ? ", forced" : "")}{(request.KeepCheckpoints ? ", without checkpoints" : "")}");
        if (Find(request.Experiment).Status == "deleting") throw new RpcException(new Status(StatusCode.FailedPrecondition, $"{request.Experiment} is being deleted, but not all of its files can be: no."));
        lock (_lock) _experiments.Remove(request.Experiment);
        return Task.FromResult(new DeleteExperimentResponse());
    }

    public override Task<Trial> PauseTrial(PauseTrialRequest request, ServerCallContext context) => Command($"pause {request.Trial}: {request.Reason}", request.Experiment, request.Trial, t => t.Status = "paused");

    public override Task<Trial> ResumeTrial(ResumeTrialRequest request, ServerCallContext context) => Command($"resume {request.Trial}", request.Experiment, request.Trial, t => t.Status = "waiting");

    public override Task<Trial> ExtendTrial(ExtendTrialRequest request, ServerCallContext context) =>
        Command($"extend {request.Trial} to {request.Epochs}", request.Experiment, request.Trial, t => t.Epochs = request.Epochs);

    public override Task<Trial> ForkTrial(ForkTrialRequest request, ServerCallContext context) =>
        Command($"fork {request.Trial} at {(request.HasEpoch ? request.Epoch : -1)}: {request.Changes}", request.Experiment, request.Trial, t => (t.Number, t.Parent, t.ParentEpoch) = (9, t.Number, request.Epoch));

    public override Task<Trial> StopTrial(StopTrialRequest request, ServerCallContext context) => Command($"stop {request.Trial}: {request.Reason}", request.Experiment, request.Trial, t => t.Status = "stopped");

    public override Task<ListCheckpointsResponse> ListCheckpoints(ListCheckpointsRequest request, ServerCallContext context) =>
        Task.FromResult(new ListCheckpointsResponse { Checkpoints = { Checkpoints } });

    /// <summary>Lines of the log, whoever asks for whichever; the call is noted.</summary>
    public override async Task ReadLog(ReadLogRequest request, IServerStreamWriter<LogLine> responseStream, ServerCallContext context)
    {
        Calls.Enqueue($"log of rank {request.Rank} of {request.Experiment}/{request.Trial}{(request.Follow ? ", followed" : "")}{(request.Since is null ? "" : ", since " + request.Since.ToDateTime().Year)}");
        var time = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch);
        await responseStream.WriteAsync(new LogLine { Time = time, Level = "information", Attempt = 1, Rank = request.Rank, Worker = "w", Message = "starts", TraceId = "ab", SpanId = "cd" });
        await responseStream.WriteAsync(new LogLine { Time = time, Level = "error", Attempt = 1, Rank = request.Rank, Worker = "w", Message = "ends\n  at once" });
    }

    public override async Task ReadCurves(ReadCurvesRequest request, IServerStreamWriter<Curve> responseStream, ServerCallContext context)
    {
        Calls.Enqueue($"curves of {request.Experiment}/{request.Trial}");
        foreach (var curve in Curves) await responseStream.WriteAsync(curve);
    }

    public override Task<ListWorkersResponse> ListWorkers(ListWorkersRequest request, ServerCallContext context) => Task.FromResult(new ListWorkersResponse
    {
        Workers = { new Protocol.Worker { Id = "worker-1", Host = "localhost", Device = "cpu", ProcessId = 42, Running = "a-1/3/1", SecondsSinceHeard = 0.5 } },
    });

    /// <summary>An experiment that runs.</summary>
    public static Experiment Running(string id, DateTimeOffset submitted) => new()
    {
        Id = id,
        Name = id,
        Task = "vae",
        Status = "running",
        Metric = "validation_elbo",
        Maximize = true,
        TrialBudget = 2,
        WorldSize = 2,
        SubmittedAt = Timestamp.FromDateTimeOffset(submitted),
    };

    private Task<Trial> Command(string call, string experiment, int number, Action<Trial> change)
    {
        Calls.Enqueue(call);
        var trial = Find(experiment).Trials.SingleOrDefault(t => t.Number == number)?.Clone() ?? throw new RpcException(new Status(StatusCode.NotFound, $"There is no trial {number}; there are trials 1 to 2."));
        change(trial);
        return Task.FromResult(trial);
    }

    private Experiment Find(string id)
    {
        lock (_lock)
        {
            return _experiments.GetValueOrDefault(id) ?? throw new RpcException(new Status(StatusCode.NotFound, $"There is no experiment '{id}'."));
        }
    }

    private static Experiment Header(Experiment experiment)
    {
        var header = experiment.Clone();
        header.Trials.Clear();
        return header;
    }
}
