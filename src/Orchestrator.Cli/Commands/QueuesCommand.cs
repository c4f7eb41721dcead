using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Google.Protobuf.Collections;
using Orchestrator.Cli.Output;
using Orchestrator.Cli.Progress;
using Orchestrator.Protocol;
using Spectre.Console;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch queues</c>: what each team has, and who waits for what.</summary>
internal sealed class QueuesCommand : Command, IHasExamples
{
    /// <summary>Makes the command.</summary>
    public QueuesCommand(CliContext context)
        : base("queues", "List the teams' queues of a running coordinator: what each has, and who waits there for what")
    {
        SetAction((result, _) => ListAsync(context, result));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["orch queues", "orch queues --json | jq '.queues[].waiting[].why.text'"];

    private static async Task<int> ListAsync(CliContext context, ParseResult result)
    {
        var cancel = context.Interrupts.Asked;
        await using var session = await new ClusterOpener(context, result, NoProgress.Instance).RunningAsync(cancel);
        var queues = (await session.Client.ListQueuesAsync(new ListQueuesRequest(), cancellationToken: cancel)).Queues;
        var output = context.Terminal.Out;
        if (result.GetValue(CommonOptions.Json))
        {
            output.WriteLine(new JsonObject { ["queues"] = new JsonArray([.. queues.Select(QueueJson.Of)]) }.ToJsonString(JsonText.Options));
            return ExitCode.Done;
        }
        if (queues.Count == 0)
        {
            output.WriteLine("Nothing runs and nothing waits.");
            return ExitCode.Done;
        }
        context.Terminal.Rich.Write(Table(queues));
        foreach (var entry in queues.SelectMany(q => q.Waiting)) output.WriteLine($"{entry.Experiment} ({entry.Gangs} x {entry.WorldSize}): {entry.Why.Text}");
        return ExitCode.Done;
    }

    private static Table Table(IEnumerable<Queue> queues)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("queue", "weight", "class", "has", "quota", "budget", "share", "waiting");
        foreach (var queue in queues)
        {
            table.AddRow(
                new Text(queue.Name), new Text(queue.Weight.ToString("0.###", CultureInfo.InvariantCulture)), new Text($"{queue.Class}"), new Text(Devices(queue.Taken)),
                new Text(Devices(queue.Quota)), new Text(Budget(queue.Budget)), new Text(queue.DominantShare.ToString("P1", CultureInfo.InvariantCulture)), new Text($"{queue.Waiting.Count}"));
        }
        return table;
    }

    private static string Budget(QueueBudget? budget) => budget is null
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{budget.UsedDeviceHours:0.##} of {budget.DeviceHours:0.###} h{(budget.Every.Length > 0 ? $" a {budget.Every}" : "")}");

    private static string Devices(MapField<string, double> devices) =>
        string.Join(", ", devices.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Value:0.###} {d.Key}")));
}
