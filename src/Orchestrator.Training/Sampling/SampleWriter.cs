using Orchestrator.Checkpoints;
using Orchestrator.Training.Checkpointing;
using Orchestrator.Training.Data;
using Orchestrator.Training.Engine;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Tasks;
using static TorchSharp.torch;

namespace Orchestrator.Training.Sampling;

/// <summary>Makes pictures, texts and sounds with the model of a checkpoint.</summary>
/// <param name="tasks">The tasks that checkpoints name.</param>
public sealed class SampleWriter(TaskRegistry tasks)
{
    /// <summary>Most samples.</summary>
    public const int MaximumCount = 1024;

    /// <summary>
    /// Writes samples: images as a PNG grid, text as a text file, sound as a WAV file. A model that only changes images shows those of the
    /// validation set and, below them, what it makes of them.
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
        Use(checkpoint, (artist, _) => written = artist.WriteSamples(output, request));
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
        Use(checkpoint, (artist, _) => written = artist.WriteReconstructions(output));
        return written;
    }

    /// <summary>
    /// Writes what explains a model: <c>curves.png</c> of its metrics over the epochs; of a model with a latent space, <c>walks.png</c>: rows of
    /// images between two codes each, and rows along one dimension each; of a model with attention, <c>attention.png</c>: what each position of a
    /// row of the validation set looks at, a row of maps for each layer.
    /// </summary>
    /// <param name="checkpoint">The checkpoint's folder: a path or a <c>file:</c> URI.</param>
    /// <param name="folder">Where to.</param>
    /// <exception cref="CheckpointException">The checkpoint is missing or damaged.</exception>
    /// <exception cref="TrainingException">Its task is unknown, or its dataset is not where it was.</exception>
    public void WriteExplanations(string checkpoint, string folder) =>
        Use(checkpoint, (artist, stored) => artist.WriteExplanations(folder, stored.Manifest.History));

    private void Use(string checkpoint, Action<ModelArtist, StoredCheckpoint> action)
    {
        var location = CheckpointLocation.Parse(checkpoint);
        var stored = location.OpenStore().Open(location.Name);
        var task = tasks.Get(stored.Manifest.Task);
        var options = task.ReadOptions(stored.Manifest.Parameters) with { Precision = PrecisionKind.Float32 };
        var shape = new DataShape(stored.Manifest.InputShape, stored.Manifest.Classes) { Vocabulary = stored.Manifest.Vocabulary ?? "", SampleRate = stored.Manifest.SampleRate ?? 0 };
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var model = LibraryGenerator.Draw(seed: 0, () => task.Build(options, shape)); // apart from ranks in this process that draw theirs
        using var state = new TrainingState(model, options, CPU);
        StateLoader.LoadModel(stored, state);
        model.SetTraining(false);
        action(new ModelArtist(stored.Manifest.Task, model, shape, CPU, () => task.OpenData(stored.Manifest.Dataset, options).Validation), stored);
    }
}
