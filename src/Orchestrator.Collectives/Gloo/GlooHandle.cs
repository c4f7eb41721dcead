using System.Runtime.InteropServices;

namespace Orchestrator.Collectives.Gloo;

/// <summary>A native Gloo group. Closing it waits for its operations: abort it first unless all have ended.</summary>
internal sealed class GlooHandle : SafeHandle
{
    public GlooHandle(nint group)
        : base(0, ownsHandle: true) => SetHandle(group);

    /// <summary>What native code may still name until it has ended.</summary>
    public List<GlooCall> Calls { get; } = [];

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        GlooLibrary.Destroy(handle);
        foreach (var call in Calls)
            call.Dispose();
        return true;
    }
}
