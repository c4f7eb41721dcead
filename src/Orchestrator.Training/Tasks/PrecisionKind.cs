namespace Orchestrator.Training.Tasks;

/// <summary>What layers compute in.</summary>
public enum PrecisionKind
{
    /// <summary>32-bit floats.</summary>
    Float32,

    /// <summary>
    /// Dense, convolutional and recurrent layers in 16-bit floats with the range of 32-bit ones, wherever the device has it; all else, and what
    /// the optimizer changes, in 32-bit floats. Kalamkar et al.: A Study of BFLOAT16 for Deep Learning Training, 2019.
    /// </summary>
    BFloat16,
}
