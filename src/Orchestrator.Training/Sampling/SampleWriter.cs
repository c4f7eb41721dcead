using System.Runtime.InteropServices;
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
    private const int ReadableWidth = 84;
    private const int ReconstructionColumns = 10;
    private const int ReconstructionRows = 8;

    /// <summary>Writes samples: images as a PNG grid, text as a text file.</summary>
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
        Use(checkpoint, loaded =>
        {
            var noise = new NoiseSource(RandomSeeds.Of(request.Seed, RandomPurpose.SamplingNoise), 0, CPU);
            written = loaded.Model switch
            {
                ITextSampler writer => WriteTexts(WithExtension(output, ".txt"), writer.Write(TextRequest(request))),
                ISamplePainter painter => Write(WithExtension(output, Picture), painter.Paint(request.Count ?? DefaultImages, noise)),
                IImageSampler sampler => DrawImages(loaded, sampler, WithExtension(output, Picture), request.Count ?? DefaultImages, noise),
                _ => null,
            };
        });
        return written;
    }

    /// <summary>Writes a PNG grid of images of the validation set, each row of them followed by a row of their reconstructions.</summary>
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
            var originals = Originals(loaded);
            var copies = reconstructor.Reconstruct(originals);
            var cells = Enumerable.Range(0, (int)originals.shape[0]).SelectMany(i => Pair(i, originals, copies));
            Write(output, PixelsOf(loaded, originals), ReconstructionColumns, ReconstructionRows, cells);
            written = true;
        });
        return written;
    }

    private static string WithExtension(string output, string extension) => Path.HasExtension(output) ? output : output + extension;

    private static TextRequest TextRequest(SampleRequest request) => new()
    {
        Prompt = request.Prompt,
        Count = request.Count ?? DefaultTexts,
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

    private static string DrawImages(Loaded loaded, IImageSampler sampler, string output, int count, NoiseSource noise)
    {
        var images = sampler.Sample(count, noise);
        var columns = Math.Min(count, sampler.Columns ?? (int)Math.Ceiling(Math.Sqrt(count)));
        return Write(output, PixelsOf(loaded, images), columns, (count + columns - 1) / columns, Enumerable.Range(0, count).Select(i => (i, images, i)));
    }

    private static IEnumerable<(int Cell, Tensor Images, int Row)> Pair(int i, Tensor originals, Tensor copies)
    {
        var cell = (i / ReconstructionColumns * 2 * ReconstructionColumns) + (i % ReconstructionColumns);
        return [(cell, originals, i), (cell + ReconstructionColumns, copies, i)];
    }

    private static Tensor Originals(Loaded loaded)
    {
        var validation = DatasetCatalog.Open(loaded.Checkpoint.Manifest.Dataset).Validation;
        using var buffer = new BatchBuffer(validation, Math.Min(validation.Count, ReconstructionColumns * ReconstructionRows / 2));
        buffer.Fill([.. Enumerable.Range(0, Math.Min(validation.Count, ReconstructionColumns * ReconstructionRows / 2))]);
        return buffer.On(CPU).Inputs.clone();
    }

    /// <summary>Height and width: of the images, if they have any, else of the data.</summary>
    private static (int Height, int Width) PixelsOf(Loaded loaded, Tensor images) => images.dim() >= 3
        ? ((int)images.shape[^2], (int)images.shape[^1])
        : ((int)loaded.Shape.Input[^2], (int)loaded.Shape.Input[^1]);

    private static string Write(string output, (int Height, int Width) size, int columns, int rows, IEnumerable<(int Cell, Tensor Images, int Row)> cells)
    {
        var (height, width) = size;
        var grid = new ImageGrid(width, height, columns, rows, Math.Max(1, ReadableWidth / width));
        foreach (var (cell, images, row) in cells)
        {
            using var image = images.select(0, row).contiguous();
            grid.Set(cell, MemoryMarshal.Cast<byte, float>(image.bytes));
        }

        return Write(output, grid);
    }

    private static string Write(string output, ImageGrid grid)
    {
        var unfinished = output + ".new";
        using (var file = File.Create(unfinished)) grid.WritePng(file);
        File.Move(unfinished, output, overwrite: true);
        return output;
    }

    private void Use(string checkpoint, Action<Loaded> action)
    {
        var location = CheckpointLocation.Parse(checkpoint);
        var stored = location.OpenStore().Open(location.Name);
        var task = tasks.Get(stored.Manifest.Task);
        var options = task.ReadOptions(stored.Manifest.Parameters);
        var shape = new DataShape(stored.Manifest.InputShape, stored.Manifest.Classes) { Vocabulary = stored.Manifest.Vocabulary ?? "" };
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var model = task.Build(options, shape);
        using var state = new TrainingState(model, options, CPU);
        StateLoader.LoadModel(stored, state);
        foreach (var network in model.Networks)
            network.Module.eval();
        action(new Loaded(stored, shape, model));
    }

    private sealed record Loaded(StoredCheckpoint Checkpoint, DataShape Shape, ITaskModel Model);
}
