using System.CommandLine;
using System.Text.Json.Nodes;
using Orchestrator.Cli.Output;
using Orchestrator.Cli.Progress;
using Orchestrator.Protocol;
using Spectre.Console;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch workers</c>: who is there to train.</summary>
internal sealed class WorkersCommand : Command, IHasExamples
{
    /// <summary>Makes the command.</summary>
    public WorkersCommand(CliContext context)
        : base("workers", "List the workers of a running coordinator and what they run")
    {
        SetAction((result, _) => ListAsync(context, result));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["orch workers", "orch workers --coordinator http://trainer:7071 --json"];

    private static async Task<int> ListAsync(CliContext context, ParseResult result)
    {
        var cancel = context.Interrupts.Asked;
        await using var session = await new ClusterOpener(context, result, NoProgress.Instance).RunningAsync(cancel);
        var workers = (await session.Client.ListWorkersAsync(new ListWorkersRequest(), cancellationToken: cancel)).Workers;
        if (result.GetValue(CommonOptions.Json))
        {
            context.Terminal.Out.WriteLine(new JsonObject { ["workers"] = new JsonArray([.. workers.Select(Json)]) }.ToJsonString(JsonText.Options));
        }
        else if (workers.Count == 0)
        {
            context.Terminal.Out.WriteLine("No workers; start some with 'orch worker --coordinator URL'.");
        }
        else
        {
            context.Terminal.Rich.Write(Table(workers));
        }
        return ExitCode.Done;
    }

    private static JsonObject Json(Protocol.Worker worker) => new()
    {
        ["id"] = worker.Id,
        ["host"] = worker.Host,
        ["device"] = worker.Device,
        ["pid"] = worker.ProcessId,
        ["endpoint"] = worker.Endpoint,
        ["running"] = worker.Running,
        ["seconds_since_heard"] = JsonText.Number(worker.SecondsSinceHeard),
    };

    private static Table Table(IEnumerable<Protocol.Worker> workers)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("worker", "host", "device", "pid", "runs", "heard");
        foreach (var worker in workers)
        {
            table.AddRow(
                new Text(worker.Id), new Text(worker.Host), new Text(worker.Device), new Text($"{worker.ProcessId}"),
                new Text(worker.Running.Length > 0 ? worker.Running : "idle"), new Text(Format.Duration(worker.SecondsSinceHeard) + " ago"));
        }
        return table;
    }
}
