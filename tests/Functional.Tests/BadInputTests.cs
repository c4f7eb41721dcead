using System.Net;
using System.Net.Sockets;
using Orchestrator.Functional.Tests.Support;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Functional.Tests;

/// <summary>One clear message, an exit code that says whose fault it is, nothing half-written.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("run_cap: 2", "run_kap: 2", @"small\.yaml:5:1: .*run_cap")]
    [InlineData("run_cap: 2", "run_cap: many", @"small\.yaml:5:10: run_cap: ")]
    [InlineData("min: 5e-4, max: 4e-3", "min: 4e-3, max: 5e-4", @"small\.yaml:10:\d+: parameters\.learning_rate")]
    [InlineData("task: vae", "task: vea", @"small\.yaml:2:7: task: .*vae")]
    [InlineData("name: validation_elbo", "name: accuracy", @"small\.yaml:7:\d+: metric\.name: ")]
    [InlineData("world_size: 1", "world_size: 0", @"small\.yaml:\d+:\d+: resources\.world_size: ")]
    [InlineData("data/mnist\"", "no-such-folder\"", @"small\.yaml:3:\d+: dataset\.path: .*no-such-folder")]
    [InlineData("method: random", "method: [", @"small\.yaml:\d+:\d+: ")]
    public async Task Run_FaultInTheSweepFile_SaysWhereAndStartsNothing(string good, string bad, string expected)
    {
        var file = Sweeps.Write(_folder);
        File.WriteAllText(file, File.ReadAllText(file).Replace(good, bad, StringComparison.Ordinal));

        var result = (await OrchProcess.RunAsync("run", file, "--state", _folder.At("state"))).Expect(2);

        Assert.Matches(expected, result.Error);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.False(Directory.Exists(_folder.At("state")));
    }

    [Fact]
    public async Task Run_SeveralFaults_AreToldAtOnce()
    {
        var file = Sweeps.Write(_folder);
        File.WriteAllText(file, File.ReadAllText(file).Replace("run_cap: 2", "run_cap: -1", StringComparison.Ordinal).Replace("seed: 7", "seed: x", StringComparison.Ordinal));

        var result = (await OrchProcess.RunAsync("validate", file)).Expect(2);

        Assert.Equal(2, result.Error.Split('\n').Length);
    }

    [Fact]
    public async Task Run_TruncatedData_FailsWithTheFileAndNothingElse()
    {
        var data = _folder.At("data");
        Directory.CreateDirectory(data);
        foreach (var file in Directory.GetFiles(Sweeps.Data)) File.WriteAllBytes(Path.Combine(data, Path.GetFileName(file)), File.ReadAllBytes(file)[..2000]);

        var result = await OrchProcess.RunAsync("run", Sweeps.Write(_folder), "--data", data, "--state", _folder.At("state"));

        Assert.NotEqual(0, result.ExitCode);
        Assert.Matches(@"t10k-(images|labels)", result.Output + result.Error);
        Assert.DoesNotContain("   at ", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Coordinator_PortInUse_SaysWhichAndWhatToDo()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var result = (await OrchProcess.RunAsync("coordinator", "--state", _folder.At("state"), "--port", $"{port}", "--grpc-port", "0")).Expect(3);

        Assert.Contains($"{port}", result.Error, StringComparison.Ordinal);
        Assert.Contains("--port", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [TmpfsFact]
    public async Task Run_DiskFull_SaysSoAndEnds()
    {
        using var disk = new TmpfsFolder(256 * 1024);
        File.WriteAllBytes(disk.At("filler"), new byte[200 * 1024]);

        var result = await OrchProcess.RunAsync("run", Sweeps.Write(_folder), "--state", disk.At("state"), "--json");

        Assert.True(result.ExitCode is 1 or 3, $"{result.ExitCode}");
        Assert.Matches("(?i)full|space", result.Error + result.Output);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
