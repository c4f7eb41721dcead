using Orchestrator.Training.Randomness;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Restoration;

/// <summary>A way to damage images, whose undoing can then be learned.</summary>
internal interface IDamage
{
    /// <summary>Channels of <see cref="Damaged.Input"/> for images of some channels.</summary>
    long InputChannels(long channels);

    /// <summary>Damages images.</summary>
    /// <param name="images">Rows x channels x height x width, 0 to 1, sides even.</param>
    /// <param name="noise">For the rows.</param>
    Damaged Apply(Tensor images, NoiseSource noise);
}
