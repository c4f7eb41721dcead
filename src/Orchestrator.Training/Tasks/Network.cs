using TorchSharp;

namespace Orchestrator.Training.Tasks;

/// <summary>A part of a model that is trained together, by one optimizer.</summary>
/// <param name="Name">Prefix of its tensors in a checkpoint and of its loss; empty for the only network of a model.</param>
/// <param name="Module">Its parameters and buffers.</param>
public sealed record Network(string Name, torch.nn.Module Module);
