using System.Runtime.InteropServices;
using Orchestrator.Collectives.Membership;

namespace Orchestrator.Collectives.Gloo;

/// <summary>Gives Gloo the group's rendezvous keys, so that no port listens for a store.</summary>
internal sealed unsafe class GlooRendezvous : IDisposable
{
    private readonly GroupMembership _membership;
    private GCHandle _self;

    public GlooRendezvous(GroupMembership membership)
    {
        _membership = membership;
        _self = GCHandle.Alloc(this);
    }

    /// <summary>What Gloo calls; valid until disposal.</summary>
    public GlooLibrary.Store Callbacks => new() { State = GCHandle.ToIntPtr(_self), Set = &Set, Get = &Get };

    public void Dispose() => _self.Free();

    [UnmanagedCallersOnly]
    private static byte Set(nint state, byte* key, byte* value, long length)
    {
        try
        {
            return Of(state).SetKey(Text(key), new(value, checked((int)length))) ? (byte)1 : (byte)0;
        }
        catch (Exception)
        {
            // An exception cannot cross native frames; Gloo reports the key that failed.
            return 0;
        }
    }

    [UnmanagedCallersOnly]
    private static byte Get(nint state, byte* key, long timeoutMilliseconds, nint sink, delegate* unmanaged<nint, byte*, long, void> accept)
    {
        try
        {
            if (Of(state).WaitForKey(Text(key), TimeSpan.FromMilliseconds(timeoutMilliseconds)) is not { } value)
                return 0;
            fixed (byte* data = value)
                accept(sink, data, value.Length);
            return 1;
        }
        catch (Exception)
        {
            return 0;
        }
    }

    private static GroupMembership Of(nint state) => ((GlooRendezvous)GCHandle.FromIntPtr(state).Target!)._membership;

    private static string Text(byte* key) => Marshal.PtrToStringUTF8((nint)key) ?? "";
}
