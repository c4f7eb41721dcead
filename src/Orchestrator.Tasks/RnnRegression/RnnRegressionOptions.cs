using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Orchestrator.Tasks.Rnn;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.RnnRegression;

/// <summary>Parameters of <see cref="RnnRegressionTask"/>.</summary>
public sealed record RnnRegressionOptions : TrainingOptions
{
    /// <summary>The defaults of this task.</summary>
    public RnnRegressionOptions() => BatchSize = 32;

    /// <summary>Times of a training sample.</summary>
    /// <value>The default is 50.</value>
    [Range(1, 65536)]
    [Description("Times of a training sample.")]
    public int Context { get; init; } = 50;

    /// <summary>Steps of an epoch: its samples begin anywhere in the table.</summary>
    /// <value>The default is 50.</value>
    [Range(1, 1_000_000)]
    [Description("Steps of an epoch: samples begin anywhere in the table, so an epoch is not a pass over it.")]
    public int EpochSteps { get; init; } = 50;

    /// <summary>The recurrent layers.</summary>
    /// <value>The default is LSTM.</value>
    [Description("The recurrent layers: rnn, gru or lstm.")]
    public CellKind Cell { get; init; } = CellKind.Lstm;

    /// <summary>Recurrent layers, one on the other.</summary>
    /// <value>The default is 1.</value>
    [Range(1, 16)]
    [Description("Recurrent layers, one on the other.")]
    public int Layers { get; init; } = 1;

    /// <summary>Units of a recurrent layer.</summary>
    /// <value>The default is 32.</value>
    [Range(1, 8192)]
    [Description("Units of a recurrent layer.")]
    public int HiddenSize { get; init; } = 32;
}
