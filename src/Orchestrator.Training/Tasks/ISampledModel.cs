namespace Orchestrator.Training.Tasks;

/// <summary>A model that is judged by what it makes up, as a set: no row of the validation set has a value of its own.</summary>
public interface ISampledModel
{
    /// <summary>Reports validation metrics. Rank 0 only, once an evaluation; no gradients are kept, and modules are in evaluation mode.</summary>
    void JudgeSamples(SampleJudgement judgement);
}
