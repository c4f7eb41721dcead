using System.CommandLine;
using System.Text.Json.Nodes;
using Orchestrator.Checkpoints.Blobs.S3;
using Orchestrator.Cli.Output;
using Orchestrator.Cli.Progress;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch generate</c>: pictures from a model.</summary>
internal sealed class GenerateCommand : Command, IHasExamples
{
    private readonly Argument<string?> _model = new("MODEL")
    {
        Description = "An experiment's id, or the folder or s3:// URL of a checkpoint (default: the newest experiment)",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<int> _trial = new("--trial") { Description = "The trial of the experiment (default: its best)", HelpName = "N" };
    private readonly Option<string> _out = new("--out") { Description = "The file to write; without an extension, it gets .png, .txt or .wav, as the model makes", HelpName = "FILE", DefaultValueFactory = _ => "samples" };
    private readonly Option<string?> _reconstructions = new("--reconstructions") { Description = "Another PNG file, for data beside their reconstructions", HelpName = "FILE" };
    private readonly Option<string?> _explanations = new("--explanations") { Description = "A folder for curves of the metrics and walks through the latent space", HelpName = "DIR" };
    private readonly Option<int?> _count = new("--count") { Description = "How many samples, 1 to 1024 (default: 64 images, 3 texts, 4 sounds)", HelpName = "N" };
    private readonly Option<long> _seed = new("--seed") { Description = "The seed of the samples", HelpName = "N" };

    private readonly Option<string?> _prompt = new("--prompt") { Description = "What samples begin with (text), or what they show (images)", HelpName = "TEXT" };
    private readonly Option<int?> _length = new("--length") { Description = "Characters to write (default: 500), or samples of each sound (default: a second), 1 to 100000", HelpName = "N" };
    private readonly Option<double?> _temperature = new("--temperature") { Description = "How freely characters are chosen, 0 (always the likeliest) to 100 (text; default: 1)", HelpName = "T" };
    private readonly Option<int?> _topK = new("--top-k") { Description = "Choose among the K likeliest characters (text)", HelpName = "K" };
    private readonly Option<double?> _topP = new("--top-p") { Description = "Choose among the likeliest characters that have probability P together (text)", HelpName = "P" };

    /// <summary>Makes the command.</summary>
    public GenerateCommand(CliContext context)
        : base("generate", "Draw or write what a trained model makes up")
    {
        foreach (var symbol in (Option[])[_trial, _out, _reconstructions, _explanations, _count, _seed, _prompt, _length, _temperature, _topK, _topP]) Add(symbol);
        Add(_model);
        _count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > 1024) result.AddError("--count: write a number from 1 to 1024");
        });
        Bound(_length, 1, 100_000);
        Bound(_temperature, 0, 100);
        Bound(_topK, 0, 65_536);
        Bound(_topP, 0.000001, 1);
        SetAction((result, _) => GenerateAsync(context, result));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["orch generate --out digits.png", "orch generate mnist-vae-1 --trial 3 --count 100 --seed 7 --out digits.png", "orch generate text2image-1 --prompt 'a seven' --out seven.png", "orch generate text-1 --prompt 'To be' --temperature 0.7 --top-p 0.9 --out text.txt"];

    private async Task<int> GenerateAsync(CliContext context, ParseResult result)
    {
        var cancel = context.Interrupts.Asked;
        var request = new PictureRequest(await CheckpointAsync(context, result, cancel), Path.GetFullPath(result.GetRequiredValue(_out)))
        {
            Reconstructions = Absolute(result.GetValue(_reconstructions)),
            Explanations = Absolute(result.GetValue(_explanations)),
            Count = result.GetValue(_count),
            Seed = result.GetValue(_seed),
            Further = Further(result),
        };
        var written = await new PictureMaker(context.Launcher, CommonOptions.StateOf(result), context.Time).DrawAsync(request, cancel)
            ?? throw new CliException(ExitCode.Usage, request.Checkpoint, "its task makes no samples", "'orch generate' is for models of images, text and sound");
        request = request with { Samples = written };
        Print(context.Terminal, request, result.GetValue(CommonOptions.Json));
        return ExitCode.Done;
    }

    private async Task<string> CheckpointAsync(CliContext context, ParseResult result, CancellationToken cancel)
    {
        var model = result.GetValue(_model);
        if (model is not null && S3Location.IsOne(model)) return model;
        if (model is not null && Directory.Exists(model)) return Path.GetFullPath(model);
        await using var session = await new ClusterOpener(context, result, NoProgress.Instance).ToLookAsync(cancel);
        var experiment = await ExperimentLookup.FindAsync(session.Client, model, ExperimentChoice.Newest, cancel);
        var trial = result.GetValue(_trial) is > 0 and var number ? number : experiment.BestTrial;
        return await BestCheckpoint.FindAsync(session.Client, experiment, trial, cancel)
            ?? throw new CliException(ExitCode.Usage, experiment.Id, trial == 0 ? "no trial has a checkpoint yet" : $"trial {trial} has no checkpoint", "'orch status' shows how far it is");
    }

    /// <summary>The words for what only some models take.</summary>
    private List<string> Further(ParseResult result)
    {
        var words = new List<string>();
        foreach (var (option, value) in ((Option, object?)[])
        [
            (_prompt, result.GetValue(_prompt)), (_length, result.GetValue(_length)), (_temperature, result.GetValue(_temperature)),
            (_topK, result.GetValue(_topK)), (_topP, result.GetValue(_topP)),
        ])
        {
            if (value is not null) words.AddRange([option.Name, $"{value}"]);
        }
        return words;
    }

    private static void Print(Terminal terminal, PictureRequest request, bool json)
    {
        if (json)
        {
            var value = new JsonObject { ["checkpoint"] = request.Checkpoint, ["samples"] = request.Samples, ["reconstructions"] = request.Reconstructions };
            terminal.Out.WriteLine(value.ToJsonString(JsonText.Options));
            return;
        }
        terminal.Out.WriteLine($"{LocalPath.Display(request.Samples)}: samples of {LocalPath.Display(request.Checkpoint)}");
        if (request.Reconstructions is { } reconstructions) terminal.Out.WriteLine($"{LocalPath.Display(reconstructions)}: data beside their reconstructions");
    }

    private static void Bound<T>(Option<T?> option, T least, T most)
        where T : struct, IComparable<T> =>
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<T?>() is { } value && (value.CompareTo(least) < 0 || value.CompareTo(most) > 0))
                result.AddError($"{option.Name}: write a number from {least} to {most}");
        });

    private static string? Absolute(string? path) => path is null ? null : Path.GetFullPath(path);
}
