namespace Orchestrator.Training.Sampling;

/// <summary>A model that writes text.</summary>
public interface ITextSampler
{
    /// <summary>Writes texts.</summary>
    /// <returns>Each with its prompt.</returns>
    /// <exception cref="TrainingException">The prompt has a character that the model does not know.</exception>
    IReadOnlyList<string> Write(TextRequest request);
}
