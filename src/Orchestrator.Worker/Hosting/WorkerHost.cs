using System.Net;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orchestrator.Collectives;
using Orchestrator.Collectives.Hub;
using Orchestrator.Domain.Errors;
using Orchestrator.Protocol;
using Orchestrator.ServiceDefaults.Access;
using Orchestrator.ServiceDefaults.Hosting;
using Orchestrator.ServiceDefaults.Telemetry;
using Orchestrator.Tasks;
using Orchestrator.Training.Trials;
using Orchestrator.Worker.Access;
using Orchestrator.Worker.Attempts;
using Orchestrator.Worker.Commands;
using Orchestrator.Worker.Connection;
using Orchestrator.Worker.Telemetry;

namespace Orchestrator.Worker.Hosting;

/// <summary>Puts a worker together and runs it to its end.</summary>
public static class WorkerHost
{
    private static readonly TimeSpan FarewellTimeout = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan GoodbyeTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Runs until asked to stop.</summary>
    /// <returns>
    /// The exit code: <see cref="ExitCodes.Ok"/>, or <see cref="ExitCodes.Environment"/> after one line on standard error. Of a worker of one gang: <see cref="ExitCodes.Ok"/>
    /// when its trial is over, <see cref="ExitCodes.Failed"/> when its rank failed, <see cref="ExitCodes.Terminated"/> when it was asked to end before.
    /// </returns>
    public static async Task<int> Run(WorkerOptions options, CancellationToken cancellationToken)
    {
        NativeEnvironment.Prepare();
        try
        {
            var access = new WorkerAccess(options, TimeProvider.System);
            await using var app = Build(options, access);
            if (options.ExitWithParent) ParentProcess.WhenEnded(app.Lifetime.StopApplication);
            await app.StartAsync(cancellationToken);
            var addresses = Addresses(app);
            Console.WriteLine($"ready http={addresses[1]} grpc={addresses[0]}");
            WarmUp();
            ScratchFolder.DeleteAbandoned(Path.GetTempPath());
            return await Serve(app, options, access, cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            return Fail($"port {options.Port} or {options.HttpPort} on {options.Bind} is in use; give --port and --http-port (0 takes a free one).");
        }
        catch (OrchestratorException exception)
        {
            return Fail(exception.Message);
        }
    }

    /// <summary>Its ports and services, not started.</summary>
    internal static WebApplication Build(WorkerOptions options, WorkerAccess access)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.UsePlainConsole(options.JsonLog);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(options.Bind, options.Port, access.ConfigureRanks);
            kestrel.Listen(options.Bind, options.HttpPort, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<WorkerInstruments>();
        builder.Services.AddSingleton<LogTail>();
        builder.Services.AddSingleton<ILoggerProvider>(services => services.GetRequiredService<LogTail>());
        builder.Services.AddSingleton<AttemptLog>();
        builder.Services.AddSingleton<ILoggerProvider>(services => services.GetRequiredService<AttemptLog>());
        builder.Services.AddSingleton(_ => new Outbox());
        builder.Services.AddSingleton<TrainingSlot>();
        builder.Services.AddSingleton<ITrialRunner>(services => new CommandTrialRunner(
            new TrialRunner(TaskCatalog.BuiltIn, services.GetRequiredService<TimeProvider>()),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<CommandTrialRunner>>()));
        builder.Services.AddSingleton<IProcessGroupFactory>(services => new ProcessGroupFactory(
            services.GetRequiredService<CollectiveHub>(), services.GetRequiredService<TimeProvider>(), access.ToRanks));
        builder.Services.AddCollectives();
        builder.Services.AddAccess(access.IsOpen, access.Tokens);
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddGrpcHealthChecks().AddCheck("started", () => HealthCheckResult.Healthy()).AddCheck<Readiness>(Readiness.Name);
        builder.Services.AddOrchestratorMetrics("orchestrator-worker", WorkerInstruments.MeterName);
        builder.Services.AddOrchestratorTracing(builder.Configuration, "orchestrator-worker", options.JsonLog);

        var app = builder.Build();
        access.LogTo(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(WorkerAccess).FullName!));
        app.Services.GetRequiredService<WorkerInstruments>(); // exists from the first scrape on
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapCollectives().RequireAuthorization(AccessPolicies.Worker);
        app.MapOrchestratorMetrics().AllowAnonymous();
        app.MapHealthChecks("/healthz", new HealthCheckOptions { Predicate = check => check.Name != Readiness.Name }).AllowAnonymous();
        app.MapHealthChecks("/readyz").AllowAnonymous();
        app.MapGrpcHealthChecksService().AllowAnonymous();
        return app;
    }

    private static async Task<int> Serve(WebApplication app, WorkerOptions options, WorkerAccess access, CancellationToken cancellationToken)
    {
        var services = app.Services;
        var slot = services.GetRequiredService<TrainingSlot>();
        // A coordinator whose machine vanished sends no farewell; the stream to it ends when a ping stays without answer.
        var handler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = TimeSpan.FromSeconds(20),
            KeepAlivePingDelay = TimeSpan.FromSeconds(15),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
        };
        using var channel = GrpcChannel.ForAddress(
            options.Coordinator,
            new GrpcChannelOptions { LoggerFactory = services.GetRequiredService<ILoggerFactory>(), HttpHandler = access.ToCoordinator(handler), DisposeHttpClient = true });
        var connection = new CoordinatorConnection(
            new Workers.WorkersClient(channel), Registration(app, options, access.Scheme), services.GetRequiredService<Outbox>(), slot, options.GiveUpAfter,
            services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<CoordinatorConnection>>());

        services.GetRequiredService<Readiness>().Watch(() => connection.IsRegistered);
        using var connected = new CancellationTokenSource();
        using var asked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, app.Lifetime.ApplicationStopping, slot.Leaving);
        var serving = connection.Run(connected.Token);
        await Task.WhenAny(serving, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, asked.Token));
        if (!serving.IsCompleted)
        {
            await slot.Leave().WaitAsync(FarewellTimeout, TimeProvider.System, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            connection.Leave();
            if (connection.IsRegistered) await ((Task)serving).WaitAsync(GoodbyeTimeout, TimeProvider.System, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await connected.CancelAsync();
        }
        var reason = await serving;
        await app.StopAsync(CancellationToken.None);
        if (reason is not null) return Fail(reason);
        return options.Experiment is null ? ExitCodes.Ok : slot.Result ?? ExitCodes.Terminated;
    }

    /// <summary>Loads libtorch while the worker has nothing else to do, so that its first attempt need not wait for it.</summary>
    private static void WarmUp() => new Thread(() => TorchSharp.torch.zeros(1).Dispose()) { IsBackground = true, Name = "warm-up" }.Start();

    /// <summary>For other ranks, and for metrics and health.</summary>
    private static string[] Addresses(WebApplication app) => [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];

    private static Register Registration(WebApplication app, WorkerOptions options, string scheme)
    {
        var address = new Uri(Addresses(app)[0]);
        var anywhere = options.Bind.Equals(IPAddress.Any) || options.Bind.Equals(IPAddress.IPv6Any);
        var host = options.Advertise ?? (anywhere ? Dns.GetHostName() : address.Host);
        var memory = options.MemoryGb is { } gigabytes ? new HostMemory((long)(gigabytes * 1000), "") : HostMemory.Read();
        return new Register
        {
            MemoryMegabytes = memory.Megabytes,
            MemoryOf = memory.Of,
            Worker = options.Name,
            Host = options.Host ?? Environment.MachineName,
            Device = options.Device,
            DeviceId = options.DeviceId,
            Rack = options.Rack,
            Zone = options.Zone,
            Experiment = options.Experiment ?? "",
            Gang = options.Gang,
            ProcessId = Environment.ProcessId,
            Endpoint = $"{scheme}://{host}:{address.Port}",
            Version = typeof(WorkerHost).Assembly.GetName().Version?.ToString(3) ?? "",
        };
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine($"error: worker: {message}");
        return ExitCodes.Environment;
    }
}
