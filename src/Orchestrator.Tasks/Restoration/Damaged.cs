using static TorchSharp.torch;

namespace Orchestrator.Tasks.Restoration;

/// <summary>Images that something was lost of.</summary>
/// <param name="Input">What a network sees: rows x channels x half the height x half the width.</param>
/// <param name="Baseline">The images as well as they can be restored without a network, from 0 to 1: the network's output is added.</param>
/// <param name="Lost">1 where pixels are to be restored and 0 where they are known, or null if all are to be.</param>
internal sealed record Damaged(Tensor Input, Tensor Baseline, Tensor? Lost);
