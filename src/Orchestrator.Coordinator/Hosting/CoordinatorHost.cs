using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orchestrator.Coordinator.Access;
using Orchestrator.Coordinator.Artifacts;
using Orchestrator.Coordinator.Curves;
using Orchestrator.Coordinator.Gateway;
using Orchestrator.Coordinator.Logs;
using Orchestrator.Coordinator.Page;
using Orchestrator.Coordinator.Pools;
using Orchestrator.Coordinator.Rest;
using Orchestrator.Coordinator.Submitting;
using Orchestrator.Domain.Errors;
using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Journal;
using Orchestrator.Domain.Specs;
using Orchestrator.Grains.Experiments;
using Orchestrator.Grains.Pools;
using Orchestrator.Grains.Telemetry;
using Orchestrator.Kubernetes.Gangs;
using Orchestrator.Kubernetes.Pools;
using Orchestrator.Kubernetes.Telemetry;
using Orchestrator.ServiceDefaults.Access;
using Orchestrator.ServiceDefaults.Hosting;
using Orchestrator.ServiceDefaults.Telemetry;
using Orchestrator.Storage.Redis;
using Orchestrator.Storage.Sqlite;

namespace Orchestrator.Coordinator.Hosting;

/// <summary>Puts the coordinator together and runs it to its end.</summary>
public static class CoordinatorHost
{
    private static readonly IReadOnlySet<string> LoopbackNames = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "localhost", "127.0.0.1", "[::1]" };

    /// <summary>Runs until asked to stop.</summary>
    /// <returns>The exit code: <see cref="ExitCodes.Ok"/>, or <see cref="ExitCodes.Environment"/> after one line on standard error.</returns>
    public static async Task<int> Run(CoordinatorOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var pool = PoolFiles.Read(options.Pool);
            var workers = options.Kubernetes is { } file ? PoolsFile.Read(file) : null;
            pool = PoolFiles.WithCapacity(pool, workers?.Capacity);
            using var access = new CoordinatorAccess(options, TimeProvider.System);
            using var state = StateFolder.Take(options.State);
            state.BindMetadata(options.Redis?.ToDisplay() ?? "sqlite");
            var checkpoints = state.BindCheckpoints(options.Checkpoints);
            await using var app = Build(options, access, state, checkpoints, pool, workers);
            CheckpointRoot.Probe(checkpoints, app.Services);
            if (options.ExitWithParent) ParentProcess.WhenEnded(app.Lifetime.StopApplication);
            await app.StartAsync(cancellationToken);
            var (http, grpc) = Addresses(app, options, access.Scheme);
            state.Publish(http, grpc);
            Console.WriteLine($"ready http={http} grpc={grpc}");
            var lost = EndWhenLost(app);
            await app.WaitForShutdownAsync(cancellationToken);
            return lost.IsCompletedSuccessfully ? Fail("coordinator: another coordinator has taken its metadata in Redis over; this one has ended.") : ExitCodes.Ok;
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            return Fail($"coordinator: port {options.HttpPort} or {options.GrpcPort} on {options.Bind} is in use; give --port and --grpc-port (0 takes a free one).");
        }
        catch (OrchestratorException exception)
        {
            return Fail($"coordinator: {exception.Message}");
        }
    }

    private static WebApplication Build(CoordinatorOptions options, CoordinatorAccess access, StateFolder state, string checkpoints, PoolSpec pool, PoolsSpec? workers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.UsePlainConsole(options.JsonLog);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(options.Bind, options.HttpPort, access.ConfigureHttp);
            kestrel.Listen(options.Bind, options.GrpcPort, access.ConfigureGrpc);
            // A worker whose machine vanished sends no farewell; its stream ends when a ping stays without answer.
            kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(15);
            kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
        });

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<OrchestratorInstruments>();
        builder.Services.AddSingleton<SweepSubmitter>();
        builder.Services.AddSingleton(new DedicatedPools(workers));
        builder.Services.AddSingleton<ExperimentClient>();
        builder.Services.AddSingleton<TrialLogs>();
        builder.Services.AddSingleton<TrialArtifacts>();
        if (options.Redis is { } redis) builder.Services.AddRedisStorage(redis with { Holder = SiloSetup.IsAlone ? state.Identity : null });
        else builder.Services.AddSqliteStorage(state.Database);
        builder.Services.Configure<ExperimentGrainOptions>(o => o.Folder = checkpoints);
        builder.Services.AddSingleton<IExperimentFiles, ExperimentFiles>();
        builder.Services.Configure<PoolOptions>(o => o.Pool = pool);
        var isTraced = builder.Services.AddOrchestratorTracing(builder.Configuration, "orchestrator-coordinator", options.JsonLog);
        builder.UseOrleans(silo =>
        {
            SiloSetup.Configure(silo, options);
            if (isTraced) silo.AddOutgoingGrainCallFilter<GrainTracing>().AddIncomingGrainCallFilter<GrainTracing>();
        });
        builder.Services.AddHostedService<ExperimentWaker>();
        builder.Services.AddSingleton<CurveWriter>();
        builder.Services.AddHostedService(services => services.GetRequiredService<CurveWriter>());
        if (workers is not null)
        {
            builder.Services.AddSingleton<IFleet, GrainFleet>();
            builder.Services.AddSingleton<IGangFleet, GrainGangFleet>();
            builder.Services.AddKubernetesPools(new KubernetesPoolsOptions(workers, options.KubeConfig));
        }
        builder.Services.AddAccess(access.IsOpen, access.Tokens, access.Oidc);
        builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<AccessDeniedInterceptor>());
        builder.Services.AddOrchestratorMetrics("orchestrator-coordinator", OrchestratorInstruments.MeterName, KubernetesInstruments.MeterName);
        builder.Services.AddGrpcHealthChecks().AddCheck("started", () => HealthCheckResult.Healthy());
        builder.Services.AddOpenApi("v1");
        builder.Services.ConfigureHttpJsonOptions(json => RestJson.Configure(json.SerializerOptions));

        var app = builder.Build();
        access.LogTo(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(CoordinatorAccess).FullName!));
        app.Services.GetRequiredService<OrchestratorInstruments>(); // exists from the first scrape on
        app.Services.GetRequiredService<IExperimentJournal>(); // a store that can't be opened is an error of the start
        if (IPAddress.IsLoopback(options.Bind)) app.UseMiddleware<SameOriginMiddleware>(LoopbackNames);
        app.UsePage();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGrpcService<WorkersService>();
        app.MapGrpcService<ExperimentsService>();
        app.MapOrchestratorMetrics().AllowAnonymous();
        app.MapHealthChecks("/healthz").AllowAnonymous();
        app.MapHealthChecks("/readyz").AllowAnonymous();
        app.MapGrpcHealthChecksService().AllowAnonymous();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapExperiments();
        return app;
    }

    /// <summary>A coordinator that may not write any more serves nobody.</summary>
    /// <returns>Completes when it has lost its lease.</returns>
    private static Task EndWhenLost(WebApplication app)
    {
        var lost = app.Services.GetService<RedisStore>()?.LeaseLost ?? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, app.Lifetime.ApplicationStopping);
        _ = lost.ContinueWith(_ => app.Lifetime.StopApplication(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        return lost;
    }

    private static (string Http, string Grpc) Addresses(WebApplication app, CoordinatorOptions options, string scheme)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(a => new Uri(a)).ToList();
        var host = options.Bind.Equals(IPAddress.Any) || options.Bind.Equals(IPAddress.IPv6Any) ? Dns.GetHostName() : new Uri($"http://{new IPEndPoint(options.Bind, 1)}").Host;
        return ($"{scheme}://{host}:{addresses[0].Port}", $"{scheme}://{host}:{addresses[1].Port}");
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine($"error: {message}");
        return ExitCodes.Environment;
    }
}
