using System.Runtime.InteropServices;

namespace Orchestrator.Worker.Hosting;

/// <summary>
/// Sets what native libraries read when they are loaded: .NET's own variables do not reach them. One thread per rank, and threads that
/// wait without burning the processor that another rank needs.
/// </summary>
internal static partial class NativeEnvironment
{
    /// <summary>To be called before libtorch is loaded. What the user has set stays.</summary>
    public static void Prepare()
    {
        Set("OMP_WAIT_POLICY", "passive");
        Set("OMP_NUM_THREADS", "1");
        Set("OPENBLAS_NUM_THREADS", "1");
    }

    private static void Set(string name, string value)
    {
        if (SetEnvironment(name, value, overwrite: 0) != 0) throw new InvalidOperationException($"setenv {name} failed: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
