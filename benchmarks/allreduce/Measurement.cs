namespace Orchestrator.AllReduce.Benchmarks;

/// <summary>One system at one size.</summary>
/// <param name="System">"shared" (memory), "gloo" and "grpc" are ours, "pytorch" is python3-torch's Gloo, "copy" copies the buffer and reduces nothing.</param>
/// <param name="Ranks">Processes.</param>
/// <param name="MiB">Size of each rank's buffer of float32.</param>
/// <param name="Milliseconds">Median time of one all-reduce.</param>
/// <param name="BusGBps">(bytes / seconds) * 2(n - 1)/n, in 10^9 bytes per second.</param>
/// <param name="SpeedVersusPyTorch">PyTorch's time divided by this one.</param>
/// <param name="ProcessorMilliseconds">Median processor time of one all-reduce and barrier, of all ranks together.</param>
/// <param name="AllocatedBytes">Managed bytes allocated per all-reduce and barrier, in one process.</param>
internal sealed record Measurement(string System, int Ranks, long MiB, double Milliseconds, double BusGBps, double SpeedVersusPyTorch, double ProcessorMilliseconds, double AllocatedBytes);
