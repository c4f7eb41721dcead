using System.Diagnostics;
using System.Globalization;

namespace TorchSharp.Benchmarks;

/// <summary>PyTorch on the same libtorch, in its own process, driven line by line.</summary>
internal sealed class PyTorch : IDisposable
{
    private readonly Process _process = Process.Start(new ProcessStartInfo(
        "/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "reference.py")])
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        Environment = { ["OMP_NUM_THREADS"] = "1", ["OMP_WAIT_POLICY"] = "passive" },
    })!;

    internal Sample Run(string model, int steps)
    {
        _process.StandardInput.WriteLine($"{model} {steps}");
        _process.StandardInput.Flush();
        var line = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException("python3 ended: is python3-torch installed?");
        var fields = line.Split(' ');
        return new Sample(double.Parse(fields[0], CultureInfo.InvariantCulture) / steps, double.Parse(fields[1], CultureInfo.InvariantCulture) / steps);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10))) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
