using System.CommandLine;
using System.Text.Json.Nodes;
using Orchestrator.Cli.Output;
using Orchestrator.Cli.Progress;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch generate</c>: pictures from a model.</summary>
internal sealed class GenerateCommand : Command, IHasExamples
{
    private readonly Argument<string?> _model = new("MODEL")
    {
        Description = "An experiment's id, or the folder of a checkpoint (default: the newest experiment)",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<int> _trial = new("--trial") { Description = "The trial of the experiment (default: its best)", HelpName = "N" };
    private readonly Option<string> _out = new("--out") { Description = "The PNG file to write", HelpName = "FILE", DefaultValueFactory = _ => "samples.png" };
    private readonly Option<string?> _reconstructions = new("--reconstructions") { Description = "Another PNG file, for data beside their reconstructions", HelpName = "FILE" };
    private readonly Option<int> _count = new("--count") { Description = "How many samples, 1 to 1024", HelpName = "N", DefaultValueFactory = _ => 64 };
    private readonly Option<long> _seed = new("--seed") { Description = "The seed of the samples", HelpName = "N" };

    /// <summary>Makes the command.</summary>
    public GenerateCommand(CliContext context)
        : base("generate", "Draw what a trained model makes up")
    {
        foreach (var symbol in (Option[])[_trial, _out, _reconstructions, _count, _seed]) Add(symbol);
        Add(_model);
        _count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1024) result.AddError("--count: write a number from 1 to 1024");
        });
        SetAction((result, _) => GenerateAsync(context, result));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["orch generate --out digits.png", "orch generate mnist-vae-1 --trial 3 --count 100 --seed 7 --out digits.png"];

    private async Task<int> GenerateAsync(CliContext context, ParseResult result)
    {
        var cancel = context.Interrupts.Asked;
        var request = new PictureRequest(await CheckpointAsync(context, result, cancel), Path.GetFullPath(result.GetRequiredValue(_out)))
        {
            Reconstructions = Absolute(result.GetValue(_reconstructions)),
            Count = result.GetValue(_count),
            Seed = result.GetValue(_seed),
        };
        await new PictureMaker(context.Launcher, CommonOptions.StateOf(result), context.Time).DrawAsync(request, cancel);
        Print(context.Terminal, request, result.GetValue(CommonOptions.Json));
        return ExitCode.Done;
    }

    private async Task<string> CheckpointAsync(CliContext context, ParseResult result, CancellationToken cancel)
    {
        var model = result.GetValue(_model);
        if (model is not null && Directory.Exists(model)) return Path.GetFullPath(model);
        await using var session = await new ClusterOpener(context, result, NoProgress.Instance).ToLookAsync(cancel);
        var experiment = await ExperimentLookup.FindAsync(session.Client, model, ExperimentChoice.Newest, cancel);
        var trial = result.GetValue(_trial) is > 0 and var number ? number : experiment.BestTrial;
        return await BestCheckpoint.FindAsync(session.Client, experiment, trial, cancel)
            ?? throw new CliException(ExitCode.Usage, experiment.Id, trial == 0 ? "no trial has a checkpoint yet" : $"trial {trial} has no checkpoint", "'orch status' shows how far it is");
    }

    private static void Print(Terminal terminal, PictureRequest request, bool json)
    {
        if (json)
        {
            var value = new JsonObject { ["checkpoint"] = request.Checkpoint, ["samples"] = request.Samples, ["reconstructions"] = request.Reconstructions };
            terminal.Out.WriteLine(value.ToJsonString(JsonText.Options));
            return;
        }
        terminal.Out.WriteLine($"{LocalPath.Display(request.Samples)}: {request.Count} samples of {LocalPath.Display(request.Checkpoint)}");
        if (request.Reconstructions is { } reconstructions) terminal.Out.WriteLine($"{LocalPath.Display(reconstructions)}: data beside their reconstructions");
    }

    private static string? Absolute(string? path) => path is null ? null : Path.GetFullPath(path);
}
