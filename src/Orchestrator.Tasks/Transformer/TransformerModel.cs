using Orchestrator.Tasks.Language;
using Orchestrator.Training.Data;

namespace Orchestrator.Tasks.Transformer;

/// <summary>A language model that can show what it looks at.</summary>
internal sealed class TransformerModel(TransformerOptions options, TransformerNetwork network, DataShape data) : LanguageModel(options, network, data);
