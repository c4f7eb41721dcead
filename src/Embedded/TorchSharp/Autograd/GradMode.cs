using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>Sets whether this thread records operations for backward, until disposed.</summary>
internal sealed class GradMode : IDisposable
{
    private readonly int _before = Native.ts_grad_mode();

    internal GradMode(bool enabled) => Native.ts_set_grad_mode(enabled ? 1 : 0);

    public void Dispose() => Native.ts_set_grad_mode(_before);
}
