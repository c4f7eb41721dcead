using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestrator.Collectives;
using Orchestrator.Domain.Specs;

namespace Orchestrator.AllReduce.Benchmarks;

/// <summary>One rank of ours in a process of its own.</summary>
internal static class Rank
{
    // What runs often is compiled better after a while, on the same processors.
    private const int WarmUpBytes = 64 * 1024;
    private const int WarmUpCalls = 500;

    /// <summary>The system that only copies a buffer of the same size, on all ranks at once: what the memory can do.</summary>
    public const string Copy = "copy";

    public static async Task RunAsync(string system, int rank)
    {
        await using var host = await StartHostAsync();
        Console.WriteLine(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        var peers = (await ReadAsync())!.Split(' ').Select(peer => new Uri(peer)).ToArray();
        await using var group = await host.Services.GetRequiredService<IProcessGroupFactory>().CreateAsync(new()
        {
            GroupName = "benchmark",
            Rank = rank,
            WorldSize = peers.Length,
            Peers = peers,
            Kind = system == Copy ? CollectiveKind.Auto : Enum.Parse<CollectiveKind>(system, ignoreCase: true),
        });
        await MeasureAsync(system, group, WarmUpBytes, WarmUpCalls);
        while (await ReadAsync() is { } line)
        {
            var parts = line.Split(' ');
            var (seconds, processor, allocated) = await MeasureAsync(system, group, long.Parse(parts[0]), int.Parse(parts[1]));
            Console.WriteLine($"{seconds} {processor} {allocated}");
        }
    }

    private static async Task<(double Seconds, double ProcessorSeconds, double AllocatedBytes)> MeasureAsync(string system, IProcessGroup group, long bytes, int calls)
    {
        var (buffer, other) = (Allocate(bytes), Allocate(bytes));
        await group.AllReduceAsync(buffer);
        Check(buffer, group.WorldSize);
        var seconds = new double[calls];
        var allocated = GC.GetTotalAllocatedBytes();
        var processor = Environment.CpuUsage.TotalTime;
        for (var call = 0; call < calls; call++)
        {
            await group.BarrierAsync();
            var start = Stopwatch.GetTimestamp();
            if (system == Copy)
                CopyTo(other, buffer);
            else
                await group.AllReduceAsync(buffer);
            seconds[call] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        processor = Environment.CpuUsage.TotalTime - processor;
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        Free(buffer);
        Free(other);
        return (Statistics.Median(seconds), processor.TotalSeconds / calls, (double)allocated / calls);
    }

    private static unsafe ReduceBuffer Allocate(long bytes)
    {
        var values = (float*)NativeMemory.AlignedAlloc((nuint)bytes, 64);
        new Span<float>(values, (int)(bytes / sizeof(float))).Fill(1);
        return new((nint)values, bytes / sizeof(float), ElementType.Float32);
    }

    private static unsafe void CopyTo(ReduceBuffer target, ReduceBuffer source) => Buffer.MemoryCopy((void*)source.Address, (void*)target.Address, target.Bytes, source.Bytes);

    private static unsafe void Check(ReduceBuffer buffer, float expected)
    {
        if (new Span<float>((void*)buffer.Address, (int)buffer.Count).IndexOfAnyExcept(expected) >= 0)
            throw new InvalidOperationException("The all-reduce gave a wrong sum.");
    }

    private static unsafe void Free(ReduceBuffer buffer) => NativeMemory.AlignedFree((void*)buffer.Address);

    // Console.In reads synchronously; the loops of the group must not wait for it.
    private static Task<string?> ReadAsync() => Task.Run(Console.ReadLine);

    private static async Task<WebApplication> StartHostAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddCollectives();
        var host = builder.Build();
        host.MapCollectives();
        await host.StartAsync();
        return host;
    }
}
