using static TorchSharp.torch;

namespace Orchestrator.Tasks.Language;

/// <summary>Texts being written, row by row: remembers what was read, so that the next character costs no more than itself.</summary>
internal interface ITextDecoder : IDisposable
{
    /// <summary>Reads on.</summary>
    /// <param name="tokens">Rows x characters, one character at least.</param>
    /// <returns>What comes after the last of them: rows x vocabulary.</returns>
    Tensor Read(Tensor tokens);
}
