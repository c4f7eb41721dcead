namespace Orchestrator.Training.Randomness;

/// <summary>What random numbers are for: each purpose has its own streams, so that one does not shift another.</summary>
internal enum RandomPurpose
{
    InitialWeights = 1,
    DataOrder = 2,
    DataSplit = 3,
    TrainingNoise = 4,
    EvaluationNoise = 5,
    SamplingNoise = 6,
    LibraryGenerator = 7,
    Call = 8,
    Data = 9,
    PrivacyNoise = 10,
}
