using System.Runtime.InteropServices;

namespace Orchestrator.Collectives.SharedMemory;

/// <summary>Linux' futex (futex(2)): lets a thread sleep until a word in memory that processes share is changed.</summary>
internal static unsafe partial class Futex
{
    private const int WaitOperation = 0;
    private const int WakeOperation = 1;

    private static readonly nint SystemCall = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 98 : 202;

    /// <summary>Whether this machine has it, and this code its number.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <summary>Sleeps while the word has this value, until it is woken or time is up. May end early: look at the word again.</summary>
    public static void Wait(int* word, int value, TimeSpan limit)
    {
        var duration = new Duration { Seconds = (nint)(long)limit.TotalSeconds, Nanoseconds = (nint)(limit.Ticks % TimeSpan.TicksPerSecond * 100) };
        Call(SystemCall, word, WaitOperation, value, &duration);
    }

    /// <summary>Wakes all that sleep on the word, in every process.</summary>
    public static void WakeAll(int* word) => Call(SystemCall, word, WakeOperation, int.MaxValue, null);

    [LibraryImport("libc", EntryPoint = "syscall")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Call(nint number, int* word, nint operation, nint value, Duration* limit);

    /// <summary>struct timespec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Duration
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
