using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>Lists of tensors as arrays of handles, for native calls. The caller keeps the tensors alive.</summary>
internal static class Handles
{
    internal static nint[] Of(IList<Tensor>? tensors)
    {
        if (tensors is null) return [];
        var handles = new nint[tensors.Count];
        for (var i = 0; i < handles.Length; i++) handles[i] = tensors[i] is { } tensor ? tensor.Handle : 0;
        return handles;
    }
}
