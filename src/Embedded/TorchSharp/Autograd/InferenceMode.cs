using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>libtorch's inference mode on this thread, until disposed on the same thread.</summary>
internal sealed class InferenceMode : IDisposable
{
    private nint _mode;

    internal InferenceMode(bool enabled) => _mode = Native.ts_inference_mode_enter(enabled ? 1 : 0);

    public void Dispose()
    {
        if (_mode != 0) Native.ts_inference_mode_exit(_mode);
        _mode = 0;
    }
}
