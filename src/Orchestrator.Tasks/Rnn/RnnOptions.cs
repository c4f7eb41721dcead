using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Orchestrator.Tasks.Language;

namespace Orchestrator.Tasks.Rnn;

/// <summary>Parameters of <see cref="RnnTask"/>.</summary>
public sealed record RnnOptions : LanguageOptions
{
    /// <summary>The defaults of this task.</summary>
    public RnnOptions() => (Epochs, BatchSize, LearningRate) = (15, 64, 2e-3);

    /// <summary>The recurrent layers.</summary>
    /// <value>The default is LSTM.</value>
    [Description("The recurrent layers: rnn, gru or lstm.")]
    public CellKind Cell { get; init; } = CellKind.Lstm;

    /// <summary>Recurrent layers, one on the other.</summary>
    /// <value>The default is 2.</value>
    [Range(1, 16)]
    [Description("Recurrent layers, one on the other.")]
    public int Layers { get; init; } = 2;

    /// <summary>Units of a recurrent layer.</summary>
    /// <value>The default is 128.</value>
    [Range(1, 8192)]
    [Description("Units of a recurrent layer.")]
    public int HiddenSize { get; init; } = 128;

    /// <summary>Dimensions of the vector that stands for a character.</summary>
    /// <value>The default is 128.</value>
    [Range(1, 8192)]
    [Description("Dimensions of the vector that stands for a character.")]
    public int EmbeddingSize { get; init; } = 128;
}
