using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Orchestrator.Tasks.Language;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.Transformer;

/// <summary>Parameters of <see cref="TransformerTask"/>.</summary>
public sealed record TransformerOptions : LanguageOptions
{
    /// <summary>The defaults of this task.</summary>
    public TransformerOptions()
    {
        (Epochs, BatchSize, Context, LearningRate) = (20, 12, 64, 3e-3);
        (Optimizer, Beta2, WeightDecay, ClipNorm) = (OptimizerKind.AdamW, 0.99, 0.1, 1);
        (Schedule, WarmupSteps) = (ScheduleKind.Cosine, 100);
    }

    /// <summary>Blocks of attention and feed-forward layers.</summary>
    /// <value>The default is 4.</value>
    [Range(1, 96)]
    [Description("Blocks of attention and feed-forward layers.")]
    public int Layers { get; init; } = 4;

    /// <summary>Heads of each attention; they divide the width.</summary>
    /// <value>The default is 4.</value>
    [Range(1, 128)]
    [Description("Heads of each attention; they divide the width.")]
    public int Heads { get; init; } = 4;

    /// <summary>Dimensions of the vector that stands for a character.</summary>
    /// <value>The default is 128.</value>
    [Range(1, 16384)]
    [Description("Dimensions of the vector that stands for a character.")]
    public int Width { get; init; } = 128;

    /// <summary>Units of the feed-forward layers, as a multiple of the width.</summary>
    /// <value>The default is 4.</value>
    [Range(1, 16)]
    [Description("Units of the feed-forward layers, as a multiple of the width.")]
    public int FeedForward { get; init; } = 4;

    /// <summary>Whether the embedding is the last layer's weight too. Press and Wolf: Using the Output Embedding, EACL 2017.</summary>
    /// <value>The default is true.</value>
    [Description("Whether the embedding is the last layer's weight too (weight tying).")]
    public bool TieWeights { get; init; } = true;
}
