using Orchestrator.Checkpoints.Manifests;
using Orchestrator.Training.Data;
using Orchestrator.Training.Imaging;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Tasks;
using static TorchSharp.torch;

namespace Orchestrator.Training.Sampling;

/// <summary>Makes files of what a model makes up, and of what explains it. The model is in evaluation mode, and no gradients are kept.</summary>
/// <param name="task">The model's task.</param>
/// <param name="model">The model.</param>
/// <param name="shape">What it knows of its data.</param>
/// <param name="device">Where it is.</param>
/// <param name="validation">Opens the validation set.</param>
internal sealed class ModelArtist(string task, ITaskModel model, DataShape shape, Device device, Func<IDataset> validation)
{
    private const string Picture = ".png";
    private const int DefaultImages = 64;
    private const int DefaultTexts = 3;
    private const int DefaultCharacters = 500;
    private const int DefaultSounds = 4;
    private const int ReconstructionColumns = 10;
    private const int Reconstructions = 40;

    /// <inheritdoc cref="SampleWriter.WriteSamples"/>
    internal string? WriteSamples(string output, SampleRequest request)
    {
        using var scope = NewDisposeScope();
        var noise = Noise(request.Seed);
        var count = request.Count ?? DefaultImages;
        return model switch
        {
            ITextSampler writer => WriteTexts(WithExtension(output, ".txt"), writer.Write(TextRequest(request))),
            ISoundSampler player => SoundWriter.Write(WithExtension(output, ".wav"), player.SampleRate, player.Play(SoundRequest(request), noise)),
            ISoundRestorer restorer => PlayRestorations(restorer, WithExtension(output, ".wav"), request.Count ?? DefaultSounds, noise),
            ISamplePainter painter => PictureWriter.Write(WithExtension(output, Picture), painter.Paint(count, noise)),
            IImageSampler sampler => DrawImages(sampler, WithExtension(output, Picture), count, Sample(sampler, request.Prompt, count, noise)),
            IImageReconstructor reconstructor => DrawReconstructions(reconstructor, WithExtension(output, Picture), request.Count ?? Reconstructions, noise),
            _ => null,
        };
    }

    /// <inheritdoc cref="SampleWriter.WriteReconstructions"/>
    internal bool WriteReconstructions(string output)
    {
        using var scope = NewDisposeScope();
        if (model is not IImageReconstructor reconstructor)
            return false;
        DrawReconstructions(reconstructor, output, Reconstructions, Noise(seed: 0));
        return true;
    }

    /// <inheritdoc cref="SampleWriter.WriteExplanations"/>
    internal void WriteExplanations(string folder, IReadOnlyList<EpochMetrics> history)
    {
        using var scope = NewDisposeScope();
        Directory.CreateDirectory(folder);
        if (history.Count > 1)
            PictureWriter.Write(Path.Combine(folder, "curves.png"), output => CurvePainter.Paint(history).WritePng(output));
        if (model is ILatentModel latent)
        {
            var images = latent.Decode(LatentWalks.Codes(latent.LatentSize, Noise(seed: 0)));
            PictureWriter.WriteInRows(Path.Combine(folder, "walks.png"), PixelsOf(images), LatentWalks.Columns, images);
        }

        if (model is IAttentiveModel attentive)
            AttentionPainter.Write(Path.Combine(folder, "attention.png"), attentive.Attention(FirstRows(1), Noise(seed: 0)));
    }

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

    private NoiseSource Noise(long seed) => new(RandomSeeds.Of(seed, RandomPurpose.SamplingNoise), 0, device);

    private string DrawImages(IImageSampler sampler, string output, int count, Tensor images)
    {
        var columns = Math.Min(count, sampler.Columns ?? (int)Math.Ceiling(Math.Sqrt(count)));
        return PictureWriter.WriteInRows(output, PixelsOf(images), columns, images);
    }

    private Tensor Sample(IImageSampler sampler, string prompt, int count, NoiseSource noise)
    {
        if (prompt.Length == 0)
            return sampler.Sample(count, noise);
        return sampler is IPromptedSampler prompted
            ? prompted.Sample(prompt, count, noise)
            : throw new TrainingException(TrainingException.InvalidParameters, $"Task '{task}' takes no prompt.");
    }

    /// <summary>Images of the validation set, and below each what the model makes of it.</summary>
    private string DrawReconstructions(IImageReconstructor reconstructor, string output, int count, NoiseSource noise)
    {
        var batch = FirstRows(count);
        return PictureWriter.WriteBelowEachOther(output, PixelsOf(batch.Inputs), ReconstructionColumns, [batch.Inputs, .. reconstructor.Reconstruct(batch, noise)]);
    }

    /// <summary>Sounds of the validation set, after each what the model is given of it and what it makes of that.</summary>
    private string PlayRestorations(ISoundRestorer restorer, string output, int count, NoiseSource noise)
    {
        var batch = FirstRows(count);
        Tensor[] versions = [batch.Inputs, .. restorer.Restore(batch, noise)];
        var sounds = Enumerable.Range(0, batch.Count).SelectMany(row => versions.Select(version => version[row].flatten().cpu().contiguous().data<float>().ToArray()));
        return SoundWriter.Write(output, restorer.SampleRate, [.. sounds]);
    }

    /// <summary>The first rows of the validation set: copies, which the scope frees.</summary>
    private Batch FirstRows(int most)
    {
        var data = validation();
        var count = Math.Min(most, data.Count);
        using var buffer = new BatchBuffer(data, count);
        buffer.Fill([.. Enumerable.Range(0, count)]);
        var batch = buffer.On(device);
        return batch with { Inputs = batch.Inputs.clone(), Labels = batch.Labels.clone() };
    }

    /// <summary>Height and width: of the images, if they have any, else of the data.</summary>
    private (int Height, int Width) PixelsOf(Tensor images) => images.dim() >= 3
        ? ((int)images.shape[^2], (int)images.shape[^1])
        : ((int)shape.Input[^2], (int)shape.Input[^1]);
}
