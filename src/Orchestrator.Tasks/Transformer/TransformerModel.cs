using Orchestrator.Tasks.Language;
using Orchestrator.Training.Data;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Sampling;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Transformer;

/// <summary>A language model that can show what it looks at.</summary>
internal sealed class TransformerModel(TransformerOptions options, TransformerNetwork network, DataShape data) : LanguageModel(options, network, data), IAttentiveModel
{
    public IReadOnlyList<Tensor> Attention(Batch batch, NoiseSource noise) => network.Attention(batch.Inputs);
}
