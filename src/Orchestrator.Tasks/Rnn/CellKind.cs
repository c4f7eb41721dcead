namespace Orchestrator.Tasks.Rnn;

/// <summary>A recurrent layer.</summary>
public enum CellKind
{
    /// <summary>Elman: Finding Structure in Time, 1990.</summary>
    Rnn,

    /// <summary>Cho et al.: Learning Phrase Representations using RNN Encoder-Decoder, EMNLP 2014.</summary>
    Gru,

    /// <summary>Hochreiter and Schmidhuber: Long Short-Term Memory, 1997.</summary>
    Lstm,
}
