using System.Diagnostics;
using Orchestrator.Cli.Local;

namespace Orchestrator.Cli.Tests.Local;

public sealed class DotnetHostProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task RequestEnd_OfOneThatWasDisposedToBeStartedAgain_IsDoneAlready()
    {
        using var host = new DotnetHostProcess(Process.Start(new ProcessStartInfo("cat") { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!);
        host.RequestEnd();
        Assert.Equal(0, await host.Exited.WaitAsync(Patience));
        Assert.Null(await host.FirstLine.WaitAsync(Patience));
        host.Dispose();

        Assert.Null(Record.Exception(host.RequestEnd));
        Assert.Null(Record.Exception(host.Kill));
    }
}
