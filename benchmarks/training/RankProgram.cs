using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestrator.Collectives;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.Tasks;
using Orchestrator.Training.Trials;

namespace Orchestrator.Training.Benchmarks;

/// <summary>One rank in a process of its own: prints samples/s of each epoch but the first.</summary>
internal static class RankProgram
{
    internal static async Task<int> RunAsync(RankArguments arguments)
    {
        await using var host = await StartHostAsync(arguments.Ports[arguments.Rank]);
        using var group = await host.Services.GetRequiredService<IProcessGroupFactory>().CreateAsync(new ProcessGroupOptions
        {
            GroupName = "benchmark/1/1/1",
            Rank = arguments.Rank,
            WorldSize = arguments.Ports.Count,
            Peers = [.. arguments.Ports.Select(port => new Uri($"http://127.0.0.1:{port}"))],
            Kind = arguments.Kind,
        });
        var folder = Directory.CreateTempSubdirectory("training-benchmark-");
        try
        {
            Train(arguments, group, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return 0;
    }

    private static void Train(RankArguments arguments, IProcessGroup group, string folder)
    {
        var observer = new SpeedObserver(arguments.Rank == 0);
        var assignment = new TrialAssignment
        {
            Attempt = new AttemptId(new TrialId(new ExperimentId("benchmark"), 1), 1),
            Task = "vae",
            Parameters = new ParameterSet(
            [
                new("epochs", ParameterValue.Of((long)arguments.Epochs)),
                new("batch_size", ParameterValue.Of((long)arguments.BatchSize)),
                new("precision", ParameterValue.Of(arguments.Precision)),
            ]),
            Seed = 1,
            Dataset = new DatasetSpec("mnist", arguments.Data),
            Metric = new MetricSpec("validation_elbo", Goal.Maximize),
            CheckpointFolder = folder,
            Threads = 1,
        };
        new TrialRunner(TaskCatalog.BuiltIn, TimeProvider.System).Run(assignment, group, observer, observer, CancellationToken.None);
    }

    private static async Task<WebApplication> StartHostAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddCollectives();
        var host = builder.Build();
        host.MapCollectives();
        await host.StartAsync();
        return host;
    }
}
