using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Orchestrator.Cli.Output;
using Orchestrator.Cli.Progress;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch logs</c>: what a rank of a trial has to say.</summary>
internal sealed class LogsCommand : Command, IHasExamples
{
    private readonly Argument<int> _trial = new("TRIAL") { Description = "The trial's number" };
    private readonly Argument<string?> _experiment = SweepArguments.Experiment("the newest");
    private readonly Option<int> _rank = new("--rank") { Description = "The rank (default: 0)", HelpName = "N" };
    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Go on with what comes, until the trial ends" };
    private readonly Option<string?> _since = new("--since") { Description = "Only what is not older: 30s, 10m, 2h, 3d, or a time such as 2030-12-31T12:00:00Z", HelpName = "TIME" };

    /// <summary>Makes the command.</summary>
    public LogsCommand(CliContext context)
        : base("logs", "Print the log of a trial's rank; Ctrl-C ends only the printing")
    {
        _since.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<string?>() is { } text && PastTime.Parse(text, context.Time) is null) r.AddError($"--since: '{text}' is no time; write it like 10m or 2030-12-31T12:00:00Z");
        });
        Add(_trial);
        Add(_experiment);
        Add(_rank);
        Add(_follow);
        Add(_since);
        SetAction((result, _) => PrintAsync(context, result));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["orch logs 3", "orch logs 3 mnist-vae-1 --rank 1 -f", "orch logs 3 --since 10m --json | jq -r .message"];

    private async Task<int> PrintAsync(CliContext context, ParseResult result)
    {
        var cancel = context.Interrupts.Asked;
        var request = new ReadLogRequest { Trial = result.GetValue(_trial), Rank = result.GetValue(_rank), Follow = result.GetValue(_follow) };
        if (result.GetValue(_since) is { } since) request.Since = Timestamp.FromDateTimeOffset(PastTime.Parse(since, context.Time)!.Value);
        await using var session = await new ClusterOpener(context, result, NoProgress.Instance).ToLookAsync(cancel);
        request.Experiment = (await ExperimentLookup.FindAsync(session.Client, result.GetValue(_experiment), ExperimentChoice.Newest, cancel)).Id;
        using var call = session.Client.ReadLog(request, cancellationToken: cancel);
        while (await call.ResponseStream.MoveNext(cancel)) context.Terminal.Out.WriteLine(result.GetValue(CommonOptions.Json) ? Json(call.ResponseStream.Current) : Text(call.ResponseStream.Current));
        return ExitCode.Done;
    }

    private static string Text(LogLine line) =>
        string.Create(CultureInfo.InvariantCulture, $"{line.Time.ToDateTime():yyyy-MM-ddTHH:mm:ss.fffZ} {line.Level}: {line.Message}");

    private static string Json(LogLine line)
    {
        var json = new JsonObject
        {
            ["time"] = line.Time.ToDateTimeOffset().ToString("O", CultureInfo.InvariantCulture),
            ["level"] = line.Level,
            ["attempt"] = line.Attempt,
            ["rank"] = line.Rank,
            ["worker"] = line.Worker,
            ["message"] = line.Message,
        };
        if (line.TraceId.Length > 0) (json["trace_id"], json["span_id"]) = (line.TraceId, line.SpanId);
        return json.ToJsonString(JsonText.Options);
    }
}
