using System.Diagnostics;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Looks at the whole process, so nothing else may run in it meanwhile.</summary>
[Collection(nameof(MemoryTests))]
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
public sealed class MemoryTests
{
    [Fact]
    public void Steps_TenThousandInScopes_LeaveNoTensorAndNoMemory()
    {
        using var model = new Vae(inputs: 16, hidden: 32, latent: 4);
        using var optimizer = optim.Adam(model.parameters());
        using var input = rand(8, 16);
        Run(5_000); // the collector's heap and malloc's arenas grow to their working size
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var before = ResidentBytes();

        Run(10_000);

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.InRange(ResidentBytes() - before, long.MinValue, 16L << 20);

        void Run(int steps)
        {
            for (var i = 0; i < steps; i++)
            {
                using var scope = NewDisposeScope();
                optimizer.zero_grad();
                model.Loss(input).backward();
                optimizer.step();
            }

            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private static long ResidentBytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
