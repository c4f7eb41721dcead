using System.Runtime.InteropServices;

namespace Orchestrator.Collectives.Gloo;

/// <summary>liborchestrator_gloo: see native/api.h.</summary>
internal static unsafe partial class GlooLibrary
{
    /// <summary>ORCH_GLOO_MISMATCH.</summary>
    public const string Mismatch = "mismatch";

    private const string Library = "orchestrator_gloo";

    /// <summary>Gloo's message for the last failure on this thread.</summary>
    public static string LastError => Marshal.PtrToStringUTF8(Error()) ?? "";

    [LibraryImport(Library, EntryPoint = "orch_gloo_create", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Create(string host, int rank, int size, long timeoutMilliseconds, in Store store, delegate* unmanaged<nint, byte*, void> done);

    [LibraryImport(Library, EntryPoint = "orch_gloo_allreduce")]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool AllReduce(GlooHandle group, nint data, long count, ElementType type, ReduceOperation operation, nint call);

    [LibraryImport(Library, EntryPoint = "orch_gloo_broadcast")]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool Broadcast(GlooHandle group, nint data, long count, ElementType type, int root, nint call);

    [LibraryImport(Library, EntryPoint = "orch_gloo_barrier")]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool Barrier(GlooHandle group, nint call);

    [LibraryImport(Library, EntryPoint = "orch_gloo_abort")]
    public static partial void Abort(GlooHandle group);

    [LibraryImport(Library, EntryPoint = "orch_gloo_destroy")]
    public static partial void Destroy(nint group);

    [LibraryImport(Library, EntryPoint = "orch_gloo_error")]
    private static partial nint Error();

    /// <summary>struct orch_gloo_store.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Store
    {
        public nint State;
        public delegate* unmanaged<nint, byte*, byte*, long, byte> Set;
        public delegate* unmanaged<nint, byte*, long, nint, delegate* unmanaged<nint, byte*, long, void>, byte> Get;
    }
}
