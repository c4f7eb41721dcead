using System.CommandLine;
using System.Globalization;
using Orchestrator.Cli.Output;
using Orchestrator.Cli.Progress;
using Orchestrator.Protocol;
using Spectre.Console;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch curves</c>: what a trial measured, step by step.</summary>
internal sealed class CurvesCommand : Command, IHasExamples
{
    private readonly Argument<int> _trial = new("TRIAL") { Description = "The trial's number" };
    private readonly Argument<string?> _experiment = SweepArguments.Experiment("the newest");
    private readonly Option<string[]> _metrics = new("--metric") { Description = "Print every point of this metric, as CSV; may be repeated", HelpName = "NAME" };
    private readonly Option<string?> _svg = new("--svg") { Description = "Draw the curves into this file, for a browser (with --metric: only those)", HelpName = "FILE" };

    /// <summary>Makes the command.</summary>
    public CurvesCommand(CliContext context)
        : base("curves", "Show what a trial measured, step by step")
    {
        Add(_trial);
        Add(_experiment);
        Add(_metrics);
        Add(_svg);
        SetAction((result, _) => ShowAsync(context, result));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["orch curves 3", "orch curves 3 mnist-vae-1 --metric loss > loss.csv", "orch curves 3 --metric loss --metric validation_elbo --svg curves.svg", "orch curves 3 --json | jq -r 'select(.metric == \"loss\") | .points[] | [.step, .value] | @csv'"];

    private async Task<int> ShowAsync(CliContext context, ParseResult result)
    {
        var cancel = context.Interrupts.Asked;
        var metrics = result.GetValue(_metrics) ?? [];
        var request = new ReadCurvesRequest { Trial = result.GetValue(_trial) };
        await using var session = await new ClusterOpener(context, result, NoProgress.Instance).ToLookAsync(cancel);
        request.Experiment = (await ExperimentLookup.FindAsync(session.Client, result.GetValue(_experiment), ExperimentChoice.Newest, cancel)).Id;
        var curves = new List<Curve>();
        using (var call = session.Client.ReadCurves(request, cancellationToken: cancel))
            while (await call.ResponseStream.MoveNext(cancel)) curves.Add(call.ResponseStream.Current);
        foreach (var missing in metrics.Except(curves.Select(c => c.Metric), StringComparer.Ordinal))
            throw new CliException(ExitCode.Usage, "--metric", $"trial {request.Trial} of {request.Experiment} has not measured '{missing}'", $"it has: {Names(curves)}");
        if (metrics.Length > 0) curves.RemoveAll(c => !metrics.Contains(c.Metric, StringComparer.Ordinal));
        if (result.GetValue(_svg) is { } file)
        {
            CurveSvg.Of($"{request.Experiment}, trial {request.Trial}", curves).Save(file);
            context.Terminal.Error.WriteLine($"{file}: {curves.Count} {(curves.Count == 1 ? "curve" : "curves")}");
            if (!result.GetValue(CommonOptions.Json)) return ExitCode.Done;
        }
        Print(context.Terminal, curves, isJson: result.GetValue(CommonOptions.Json), isCsv: metrics.Length > 0);
        return ExitCode.Done;
    }

    private static string Names(List<Curve> curves) => curves.Count == 0 ? "nothing yet" : string.Join(", ", curves.Select(c => c.Metric));

    private static void Print(Terminal terminal, List<Curve> curves, bool isJson, bool isCsv)
    {
        if (isJson)
        {
            foreach (var curve in curves) terminal.Out.WriteLine(CurveJson.Of(curve).ToJsonString(JsonText.Options));
        }
        else if (isCsv)
        {
            terminal.Out.WriteLine("metric,step,value,attempt");
            foreach (var curve in curves)
                for (var i = 0; i < curve.Steps.Count; i++) terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Csv(curve.Metric)},{curve.Steps[i]},{curve.Values[i]:R},{curve.Attempts[i]}"));
        }
        else if (curves.Count == 0)
        {
            terminal.Out.WriteLine("Nothing is measured yet.");
        }
        else
        {
            terminal.Rich.Write(Table(curves));
        }
    }

    private static Table Table(List<Curve> curves)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("metric", "points", "to step", "first", "last", "lowest", "highest", "curve");
        foreach (var curve in curves)
        {
            table.AddRow(
                new Text(curve.Metric), new Text($"{curve.Steps.Count}"), new Text($"{curve.Steps[^1]}"), Number(curve.Values[0]), Number(curve.Values[^1]), Number(curve.Values.Min()), Number(curve.Values.Max()),
                new Text(Sparkline.Of(curve.Values)));
        }
        return table;
    }

    private static Text Number(double value) => new(value.ToString("G6", CultureInfo.InvariantCulture));

    private static string Csv(string text) => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
