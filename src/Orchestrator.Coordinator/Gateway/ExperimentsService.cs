using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Orchestrator.Coordinator.Access;
using Orchestrator.Coordinator.Logs;
using Orchestrator.Coordinator.Submitting;
using Orchestrator.Protocol;
using Orchestrator.ServiceDefaults.Access;

namespace Orchestrator.Coordinator.Gateway;

/// <summary>What clients do with sweeps, over gRPC.</summary>
[Authorize(AccessPolicies.Viewer)]
internal sealed class ExperimentsService(ExperimentClient client, SweepSubmitter submitter, TrialLogs logs, TimeProvider time) : Experiments.ExperimentsBase
{
    private static readonly TimeSpan WatchEvery = TimeSpan.FromMilliseconds(250);

    [Authorize(AccessPolicies.Submitter)]
    public override async Task<Experiment> Submit(SubmitRequest request, ServerCallContext context)
    {
        var result = await submitter.Submit(new SweepSubmission(request.Source, Caller(context), request.BaseDirectory, request.Data, request.FileName));
        if (result.Experiment is null) throw new RpcException(new Status(StatusCode.InvalidArgument, string.Join('\n', result.Errors)));
        return await Get(result.Experiment);
    }

    public override Task<Experiment> Get(GetExperimentRequest request, ServerCallContext context) => Get(request.Experiment);

    public override async Task<ListExperimentsResponse> List(ListExperimentsRequest request, ServerCallContext context)
    {
        var response = new ListExperimentsResponse();
        response.Experiments.AddRange((await client.List()).Select(view => Messages.Experiment(view, withTrials: false)));
        return response;
    }

    public override async Task Watch(WatchRequest request, IServerStreamWriter<ExperimentUpdate> responseStream, ServerCallContext context)
    {
        using var ticks = new PeriodicTimer(WatchEvery, time);
        for (var revision = 0L; ;)
        {
            var view = await client.Find(request.Experiment, revision) ?? throw NotFound(request.Experiment);
            if (revision == 0 || view.Trials.Length > 0 || IsOver(view.Status))
            {
                var update = new ExperimentUpdate { Experiment = Messages.Experiment(view, withTrials: false) };
                update.Trials.AddRange(view.Trials.Select(Messages.Trial));
                await responseStream.WriteAsync(update, context.CancellationToken);
            }
            if (IsOver(view.Status)) return;
            revision = view.Revision;
            await ticks.WaitForNextTickAsync(context.CancellationToken);
        }
    }

    [Authorize(AccessPolicies.Submitter)]
    public override async Task<Experiment> Stop(StopExperimentRequest request, ServerCallContext context)
    {
        if (!await client.Stop(Caller(context), request.Experiment, request.Reason.Length == 0 ? "A client stopped it." : request.Reason)) throw NotFound(request.Experiment);
        return await Get(request.Experiment);
    }

    [Authorize(AccessPolicies.Submitter)]
    public override async Task<Experiment> Resume(ResumeExperimentRequest request, ServerCallContext context)
    {
        if (!await client.Resume(Caller(context), request.Experiment)) throw NotFound(request.Experiment);
        return await Get(request.Experiment);
    }

    [Authorize(AccessPolicies.Submitter)]
    public override async Task<DeleteExperimentResponse> Delete(DeleteExperimentRequest request, ServerCallContext context)
    {
        var reply = await client.Delete(Caller(context), request.Experiment, request.Force, request.KeepCheckpoints, context.CancellationToken);
        return reply.Outcome switch
        {
            Grains.Contracts.DeletionOutcome.Deleted => new DeleteExperimentResponse(),
            Grains.Contracts.DeletionOutcome.Unknown => throw NotFound(request.Experiment),
            _ => throw new RpcException(new Status(StatusCode.FailedPrecondition, reply.Reason!)),
        };
    }

    [Authorize(AccessPolicies.Submitter)]
    public override Task<Trial> PauseTrial(PauseTrialRequest request, ServerCallContext context) =>
        Command(context, request.Experiment, e => e.PauseTrial(request.Trial, request.Reason.Length == 0 ? "A client paused it." : request.Reason));

    [Authorize(AccessPolicies.Submitter)]
    public override Task<Trial> ResumeTrial(ResumeTrialRequest request, ServerCallContext context) => Command(context, request.Experiment, e => e.ResumeTrial(request.Trial));

    [Authorize(AccessPolicies.Submitter)]
    public override Task<Trial> ExtendTrial(ExtendTrialRequest request, ServerCallContext context) => Command(context, request.Experiment, e => e.ExtendTrial(request.Trial, request.Epochs));

    [Authorize(AccessPolicies.Submitter)]
    public override Task<Trial> StopTrial(StopTrialRequest request, ServerCallContext context) =>
        Command(context, request.Experiment, e => e.StopTrial(request.Trial, request.Reason.Length == 0 ? "A client stopped it." : request.Reason));

    [Authorize(AccessPolicies.Submitter)]
    public override Task<Trial> ForkTrial(ForkTrialRequest request, ServerCallContext context)
    {
        if (TrialChanges.Fault(request.Changes) is { } fault) throw new RpcException(new Status(StatusCode.InvalidArgument, fault));
        return Command(context, request.Experiment, e => e.ForkTrial(request.Trial, request.HasEpoch ? request.Epoch : null, request.Changes.Length == 0 ? "{}" : request.Changes));
    }

    public override async Task<ListCheckpointsResponse> ListCheckpoints(ListCheckpointsRequest request, ServerCallContext context)
    {
        if (await client.Checkpoints(request.Experiment, request.Trial) is not { } checkpoints) throw NotFound(request.Experiment);
        var response = new ListCheckpointsResponse();
        foreach (var checkpoint in checkpoints)
        {
            var message = new Checkpoint
            {
                Attempt = checkpoint.Attempt.Number,
                Epoch = checkpoint.Epoch,
                Step = checkpoint.Step,
                Location = checkpoint.Location,
                Bytes = checkpoint.Bytes,
                CreatedAt = Timestamp.FromDateTimeOffset(checkpoint.CreatedAt),
            };
            if (checkpoint.Metric is { } metric) message.Metric = metric;
            response.Checkpoints.Add(message);
        }
        return response;
    }

    public override async Task ReadLog(ReadLogRequest request, IServerStreamWriter<LogLine> responseStream, ServerCallContext context)
    {
        var lines = await logs.Open(request.Experiment, request.Trial, request.Rank, request.Since?.ToDateTimeOffset(), request.Follow)
            ?? throw new RpcException(new Status(StatusCode.NotFound, $"There is no trial {request.Trial} with a rank {request.Rank} in an experiment '{request.Experiment}'"));
        await foreach (var line in lines.WithCancellation(context.CancellationToken)) await responseStream.WriteAsync(Messages.LogLine(line), context.CancellationToken);
    }

    public override async Task ReadCurves(ReadCurvesRequest request, IServerStreamWriter<Curve> responseStream, ServerCallContext context)
    {
        var curves = await client.Curves(request.Experiment, request.Trial, request.Metrics, context.CancellationToken)
            ?? throw new RpcException(new Status(StatusCode.NotFound, $"There is no trial {request.Trial} in an experiment '{request.Experiment}'; 'orch status EXPERIMENT' lists them."));
        await foreach (var curve in curves.WithCancellation(context.CancellationToken)) await responseStream.WriteAsync(Messages.Curve(curve), context.CancellationToken);
    }

    public override async Task<ListWorkersResponse> ListWorkers(ListWorkersRequest request, ServerCallContext context)
    {
        var response = new ListWorkersResponse();
        response.Workers.AddRange((await client.Workers()).Select(Messages.Worker));
        return response;
    }

    private async Task<Trial> Command(ServerCallContext context, string experiment, Func<Grains.Contracts.IExperimentGrain, Task<Grains.Contracts.TrialCommandReply?>> command)
    {
        var result = await client.Command(Caller(context), experiment, command) ?? throw NotFound(experiment);
        if (result.Refusal is { } refusal) throw new RpcException(new Status(result.IsUnknown ? StatusCode.NotFound : StatusCode.FailedPrecondition, refusal));
        return Messages.Trial(result.Trial!);
    }

    public override async Task<ListQueuesResponse> ListQueues(ListQueuesRequest request, ServerCallContext context)
    {
        var response = new ListQueuesResponse();
        response.Queues.AddRange((await client.Queues()).Select(Messages.Queue));
        return response;
    }

    private async Task<Experiment> Get(string experiment) => Messages.Experiment(await client.Find(experiment) ?? throw NotFound(experiment), withTrials: true);

    private static Caller Caller(ServerCallContext context) => Access.Caller.Of(context.GetHttpContext().User);

    private static bool IsOver(Domain.Experiments.ExperimentStatus status) => status != Domain.Experiments.ExperimentStatus.Running;

    private static RpcException NotFound(string experiment) => new(new Status(StatusCode.NotFound, $"There is no experiment '{experiment}'; 'orch status' lists them."));
}
