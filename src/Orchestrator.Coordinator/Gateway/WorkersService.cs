using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Orchestrator.Coordinator.Curves;
using Orchestrator.Domain.Identity;
using Orchestrator.Grains.Pools;
using Orchestrator.Protocol;
using Orchestrator.ServiceDefaults.Access;

namespace Orchestrator.Coordinator.Gateway;

/// <summary>Where workers dial in: one stream, one session.</summary>
[Authorize(AccessPolicies.Worker)]
internal sealed class WorkersService(IGrainFactory grains, CurveWriter curves, IOptions<PoolOptions> options, ILogger<WorkerSession> logger, IHostApplicationLifetime lifetime) : Orchestrator.Protocol.Workers.WorkersBase
{
    private const int MaxGang = 128;

    public override async Task Connect(IAsyncStreamReader<WorkerMessage> requestStream, IServerStreamWriter<CoordinatorMessage> responseStream, ServerCallContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        if (!await requestStream.MoveNext(ending.Token) || requestStream.Current.Register is not { } register)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "The first message of a worker is Register."));
        }
        if (Fault(register) is { } fault)
        {
            await responseStream.WriteAsync(new CoordinatorMessage { Refused = new Refused { Reason = fault } }, ending.Token);
            return;
        }
        await using var session = new WorkerSession(grains, curves, options.Value, register, responseStream, logger);
        await session.Run(requestStream, ending.Token);
    }

    private static string? Fault(Register register)
    {
        if (!WorkerId.TryParse(register.Worker, out _)) return $"'{register.Worker}' is no worker id: use 1 to 128 letters, digits, '.', '_' and '-'.";
        if (register.Device is not ("cpu" or "cuda")) return $"'{register.Device}' is no kind of device; there are cpu and cuda.";
        if (!Uri.TryCreate(register.Endpoint, UriKind.Absolute, out _)) return $"'{register.Endpoint}' is no URI where other ranks can reach the worker.";
        if (register.Experiment.Length > 0 && !ExperimentId.TryParse(register.Experiment, out _)) return $"'{register.Experiment}' is no id of an experiment.";
        if (register.Gang.Length > MaxGang) return $"A gang's name has at most {MaxGang} characters.";
        return null;
    }
}
