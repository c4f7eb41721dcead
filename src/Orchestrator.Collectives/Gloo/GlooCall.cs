using System.Runtime.InteropServices;
using Orchestrator.Collectives.Calls;

namespace Orchestrator.Collectives.Gloo;

/// <summary>Names a pending call to native code; recycled.</summary>
internal sealed class GlooCall : IDisposable
{
    private GCHandle _self;

    public GlooCall(GlooTransport transport)
    {
        Transport = transport;
        _self = GCHandle.Alloc(this);
    }

    public GlooTransport Transport { get; }

    public CollectiveCall? Call { get; set; }

    public nint Id => GCHandle.ToIntPtr(_self);

    public static GlooCall From(nint id) => (GlooCall)GCHandle.FromIntPtr(id).Target!;

    public void Dispose() => _self.Free();
}
