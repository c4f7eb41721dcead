using static TorchSharp.torch;

namespace Orchestrator.Tasks.Language;

/// <summary>A network that foretells the next character of a text.</summary>
internal interface ILanguageNetwork
{
    /// <summary>The network's parameters.</summary>
    nn.Module Module { get; }

    /// <summary>What it thinks of each character to come after each of a text's.</summary>
    /// <param name="tokens">Rows x characters.</param>
    /// <returns>Rows x characters x vocabulary.</returns>
    Tensor Logits(Tensor tokens);

    /// <summary>Begins to write.</summary>
    ITextDecoder Decode();
}
