using System.CommandLine;
using Orchestrator.Cli.Local;
using Orchestrator.Cli.Output;
using Orchestrator.Cli.Progress;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Commands;

/// <summary>Opens the coordinator that a command line means.</summary>
internal sealed class ClusterOpener
{
    /// <summary>Longer than it takes to connect, on a machine with much else to do; where nothing listens the answer comes at once.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);

    private readonly CliContext _context;
    private readonly Uri? _remote;
    private readonly ClusterAccess _access;
    private readonly ClientAccess _client;

    /// <summary>Reads the command line.</summary>
    /// <param name="context">The program.</param>
    /// <param name="result">The command line.</param>
    /// <param name="sink">Told of hosts that start and die.</param>
    public ClusterOpener(CliContext context, ParseResult result, IProgressSink sink)
    {
        _context = context;
        _remote = CommonOptions.CoordinatorOf(result);
        State = CommonOptions.StateOf(result);
        _client = ClientAccess.Of(context, result);
        _access = new ClusterAccess(State, new HostFactory(context.Launcher, RestartPolicy.Default, context.Time, sink, result.GetValue(CommonOptions.Metadata), result.GetValue(CommonOptions.Checkpoints)), _client, context.Time);
    }

    /// <summary>The state folder.</summary>
    public StateFolder State { get; }

    /// <summary>To train: the coordinator that was named or runs on the folder, else a new one.</summary>
    public async Task<ClusterSession> ToTrainAsync(CancellationToken cancel) =>
        _remote is not null ? await RemoteAsync(_remote, cancel) : new ClusterSession(await _access.FindOrStartAsync(cancel), _access);

    /// <summary>To look at what is there: as <see cref="ToTrainAsync"/>, but a folder that was never used is an error.</summary>
    public async Task<ClusterSession> ToLookAsync(CancellationToken cancel)
    {
        if (_remote is null && !Directory.Exists(State.Path))
        {
            throw new CliException(ExitCode.Environment, State.DisplayPath, "no such state folder, so there is no experiment", "start one with 'orch run FILE', or name the folder with --state DIR");
        }
        return await ToTrainAsync(cancel);
    }

    /// <summary>To work with a coordinator that goes on afterwards: it must run already.</summary>
    public async Task<ClusterSession> RunningAsync(CancellationToken cancel)
    {
        if (_remote is not null) return await RemoteAsync(_remote, cancel);
        var found = await _access.FindAsync(cancel) ?? throw new CliException(
            ExitCode.Environment, State.DisplayPath, "no coordinator runs on this state folder", "start one with 'orch coordinator --state DIR', or train in one go with 'orch run FILE'");
        return new ClusterSession(found, null);
    }

    private async Task<ClusterSession> RemoteAsync(Uri address, CancellationToken cancel)
    {
        var session = new ClusterSession(new AttachedCluster(address, null, _client), null);
        try
        {
            await session.Client.ListWorkersAsync(new ListWorkersRequest(), deadline: _context.Time.GetUtcNow().Add(AnswerTimeout).UtcDateTime, cancellationToken: cancel);
            return session;
        }
        catch (Grpc.Core.RpcException e) when (!cancel.IsCancellationRequested)
        {
            await session.DisposeAsync();
            if (RpcErrors.IsRefusal(e)) throw;
            throw new CliException(ExitCode.Environment, address.ToString(), $"no coordinator answers there ({Reason(e)})", "check the address and that the coordinator runs", e);
        }
    }

    private static string Reason(Grpc.Core.RpcException error) => error.StatusCode == Grpc.Core.StatusCode.DeadlineExceeded
        ? $"none came within {Format.Duration(AnswerTimeout.TotalSeconds)}"
        : Format.Line(error.Status.Detail, 200);
}
