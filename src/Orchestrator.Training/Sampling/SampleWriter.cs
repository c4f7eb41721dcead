using Orchestrator.Checkpoints;
using Orchestrator.Training.Checkpointing;
using Orchestrator.Training.Data;
using Orchestrator.Training.Engine;
using Orchestrator.Training.Imaging;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Tasks;
using static TorchSharp.torch;

namespace Orchestrator.Training.Sampling;

/// <summary>Makes pictures and texts with the model of a checkpoint.</summary>
/// <param name="tasks">The tasks that checkpoints name.</param>
public sealed class SampleWriter(TaskRegistry tasks)
{
    /// <summary>Most samples.</summary>
    public const int MaximumCount = 1024;

    private const string Picture = ".png";
    private const int DefaultImages = 64;
    private const int DefaultTexts = 3;
    private const int DefaultCharacters = 500;
    private const int DefaultSounds = 4;
    private const int ReconstructionColumns = 10;
    private const int Reconstructions = 40;

    /// <summary>
    /// Writes samples: images as a PNG grid, text as a text file, sound as a WAV file. A model that only changes images shows those of the validation set and,
    /// below them, what it makes of them.
    /// </summary>
    /// <param name="checkpoint">The checkpoint's folder: a path or a <c>file:</c> URI.</param>
    /// <param name="output">The file to write; without an extension, it gets that of what the model makes.</param>
    /// <param name="request">What to make.</param>
    /// <returns>The file that was written, or null when the task makes no samples.</returns>
    /// <exception cref="CheckpointException">The checkpoint is missing or damaged.</exception>
    /// <exception cref="TrainingException">Its task is unknown, or the request does not fit it.</exception>
    public string? WriteSamples(string checkpoint, string output, SampleRequest request)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Count ?? 1, 1, nameof(request));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Count ?? 1, MaximumCount, nameof(request));
        string? written = null;
        var count = request.Count ?? DefaultImages;
        Use(checkpoint, loaded =>
        {
            var noise = Noise(request.Seed);
            written = loaded.Model switch
            {
                ITextSampler writer => WriteTexts(WithExtension(output, ".txt"), writer.Write(TextRequest(request))),
                ISoundSampler player => SoundWriter.Write(WithExtension(output, ".wav"), player.SampleRate, player.Play(SoundRequest(request), noise)),
                ISamplePainter painter => PictureWriter.Write(WithExtension(output, Picture), painter.Paint(count, noise)),
                IImageSampler sampler => DrawImages(sampler, loaded, WithExtension(output, Picture), count, Sample(loaded, sampler, request.Prompt, count, noise)),
                IImageReconstructor reconstructor => DrawReconstructions(loaded, reconstructor, WithExtension(output, Picture), request.Count ?? Reconstructions, noise),
                _ => null,
            };
        });
        return written;
    }

    /// <summary>Writes a PNG grid of images of the validation set, each row of them followed by rows of what the model makes of them.</summary>
    /// <param name="checkpoint">The checkpoint's folder: a path or a <c>file:</c> URI.</param>
    /// <param name="output">The file to write.</param>
    /// <returns>False when the task reconstructs no images; nothing is written then.</returns>
    /// <exception cref="CheckpointException">The checkpoint is missing or damaged.</exception>
    /// <exception cref="TrainingException">Its task is unknown, or its dataset is not where it was.</exception>
    public bool WriteReconstructions(string checkpoint, string output)
    {
        var written = false;
        Use(checkpoint, loaded =>
        {
            if (loaded.Model is not IImageReconstructor reconstructor)
                return;
            DrawReconstructions(loaded, reconstructor, output, Reconstructions, Noise(seed: 0));
            written = true;
        });
        return written;
    }

    /// <summary>
    /// Writes what explains a model: <c>curves.png</c> of its metrics over the epochs and, of a model with a latent space, <c>walks.png</c>:
    /// rows of images between two codes each, and rows along one dimension each.
    /// </summary>
    /// <param name="checkpoint">The checkpoint's folder: a path or a <c>file:</c> URI.</param>
    /// <param name="folder">Where to.</param>
    /// <exception cref="CheckpointException">The checkpoint is missing or damaged.</exception>
    /// <exception cref="TrainingException">Its task is unknown.</exception>
    public void WriteExplanations(string checkpoint, string folder) => Use(checkpoint, loaded =>
    {
        Directory.CreateDirectory(folder);
        if (loaded.Checkpoint.Manifest.History is { Count: > 1 } history)
            PictureWriter.Write(Path.Combine(folder, "curves.png"), output => CurvePainter.Paint(history).WritePng(output));
        if (loaded.Model is not ILatentModel model)
            return;
        var images = model.Decode(LatentWalks.Codes(model.LatentSize, Noise(seed: 0)));
        PictureWriter.WriteInRows(Path.Combine(folder, "walks.png"), PixelsOf(loaded, images), LatentWalks.Columns, images);
    });

    private static NoiseSource Noise(long seed) => new(RandomSeeds.Of(seed, RandomPurpose.SamplingNoise), 0, CPU);

    private static string WithExtension(string output, string extension) => Path.HasExtension(output) ? output : output + extension;

    private static TextRequest TextRequest(SampleRequest request) => new()
    {
        Prompt = request.Prompt,
        Count = request.Count ?? DefaultTexts,
        Length = request.Length ?? DefaultCharacters,
        Choice = request.Choice,
        Seed = RandomSeeds.Of(request.Seed, RandomPurpose.SamplingNoise),
    };

    private static SoundRequest SoundRequest(SampleRequest request) => new()
    {
        Count = request.Count ?? DefaultSounds,
        Length = request.Length,
        Choice = request.Choice,
        Seed = RandomSeeds.Of(request.Seed, RandomPurpose.SamplingNoise),
    };

    private static string WriteTexts(string output, IReadOnlyList<string> texts)
    {
        var unfinished = output + ".new";
        File.WriteAllText(unfinished, string.Join("\n\n--------\n\n", texts) + "\n");
        File.Move(unfinished, output, overwrite: true);
        return output;
    }

    private static string DrawImages(IImageSampler sampler, Loaded loaded, string output, int count, Tensor images)
    {
        var columns = Math.Min(count, sampler.Columns ?? (int)Math.Ceiling(Math.Sqrt(count)));
        return PictureWriter.WriteInRows(output, PixelsOf(loaded, images), columns, images);
    }

    private static Tensor Sample(Loaded loaded, IImageSampler sampler, string prompt, int count, NoiseSource noise)
    {
        if (prompt.Length == 0)
            return sampler.Sample(count, noise);
        return sampler is IPromptedSampler prompted
            ? prompted.Sample(prompt, count, noise)
            : throw new TrainingException(TrainingException.InvalidParameters, $"Task '{loaded.Checkpoint.Manifest.Task}' takes no prompt.");
    }

    /// <summary>Images of the validation set, and below each what the model makes of it.</summary>
    private static string DrawReconstructions(Loaded loaded, IImageReconstructor reconstructor, string output, int count, NoiseSource noise)
    {
        var data = loaded.Task.OpenData(loaded.Checkpoint.Manifest.Dataset, loaded.Options).Validation;
        count = Math.Min(count, data.Count);
        using var buffer = new BatchBuffer(data, count);
        buffer.Fill([.. Enumerable.Range(0, count)]);
        var batch = buffer.On(CPU);
        return PictureWriter.WriteBelowEachOther(output, PixelsOf(loaded, batch.Inputs), ReconstructionColumns, [batch.Inputs, .. reconstructor.Reconstruct(batch, noise)]);
    }

    /// <summary>Height and width: of the images, if they have any, else of the data.</summary>
    private static (int Height, int Width) PixelsOf(Loaded loaded, Tensor images) => images.dim() >= 3
        ? ((int)images.shape[^2], (int)images.shape[^1])
        : ((int)loaded.Shape.Input[^2], (int)loaded.Shape.Input[^1]);

    private void Use(string checkpoint, Action<Loaded> action)
    {
        var location = CheckpointLocation.Parse(checkpoint);
        var stored = location.OpenStore().Open(location.Name);
        var task = tasks.Get(stored.Manifest.Task);
        var options = task.ReadOptions(stored.Manifest.Parameters);
        var shape = new DataShape(stored.Manifest.InputShape, stored.Manifest.Classes) { Vocabulary = stored.Manifest.Vocabulary ?? "", SampleRate = stored.Manifest.SampleRate ?? 0 };
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var model = LibraryGenerator.Draw(seed: 0, () => task.Build(options, shape)); // apart from ranks in this process that draw theirs
        using var state = new TrainingState(model, options, CPU);
        StateLoader.LoadModel(stored, state);
        foreach (var network in model.Networks)
            network.Module.eval();
        action(new Loaded(stored, task, options, shape, model));
    }

    private sealed record Loaded(StoredCheckpoint Checkpoint, ITrainingTask Task, TrainingOptions Options, DataShape Shape, ITaskModel Model);
}
