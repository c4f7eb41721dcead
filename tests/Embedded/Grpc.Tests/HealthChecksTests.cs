using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Grpc.Tests;

public sealed class HealthChecksTests
{
    private volatile HealthStatus _database = HealthStatus.Healthy;

    private Task<GrpcHost> StartAsync() => GrpcHost.StartAsync(
        services: s => s
            .AddGrpcHealthChecks(o =>
            {
                o.Services.Map("jobs", check => check.Tags.Contains("jobs"));
                o.Services.Map("idle", check => check.Name == "nothing");
            })
            .AddCheck("database", () => new HealthCheckResult(_database), ["jobs"])
            .AddCheck("network", () => HealthCheckResult.Healthy())
            .Services.Configure<HealthCheckPublisherOptions>(o => (o.Delay, o.Period) = (TimeSpan.Zero, TimeSpan.FromSeconds(1))),
        map: app => app.MapGrpcHealthChecksService());

    [Theory]
    [InlineData(HealthStatus.Healthy, ServingStatus.Serving)]
    [InlineData(HealthStatus.Degraded, ServingStatus.Serving)]
    [InlineData(HealthStatus.Unhealthy, ServingStatus.NotServing)]
    public async Task Check_OfAServerAndAService_IsWhatTheirChecksSay(HealthStatus database, ServingStatus expected)
    {
        await using var host = await StartAsync();
        _database = database;

        Assert.Equal(expected, await CheckAsync(host, ""));
        Assert.Equal(expected, await CheckAsync(host, "jobs"));
        Assert.Equal(ServingStatus.Unknown, await CheckAsync(host, "idle"));
        var error = await Assert.ThrowsAsync<RpcException>(() => CheckAsync(host, "nobody"));
        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }

    [Fact]
    public async Task Watch_SeesTheStatusAtOnce_EachChange_AndTheEndOfTheServer()
    {
        var host = await StartAsync();
        using var watch = new Health.V1.Health.HealthClient(host.Channel).Watch(new HealthCheckRequest { Service = "jobs" });
        Assert.Equal(ServingStatus.Serving, await NextAsync());

        _database = HealthStatus.Unhealthy;
        Assert.Equal(ServingStatus.NotServing, await NextAsync());
        _database = HealthStatus.Healthy;
        Assert.Equal(ServingStatus.Serving, await NextAsync());

        var stopped = host.StopAsync();
        Assert.Equal(ServingStatus.NotServing, await NextAsync());
        Assert.False(await watch.ResponseStream.MoveNext().WaitAsync(GrpcHost.Patience));
        await stopped.WaitAsync(GrpcHost.Patience);
        await host.DisposeAsync();

        async Task<ServingStatus> NextAsync()
        {
            Assert.True(await watch.ResponseStream.MoveNext().WaitAsync(GrpcHost.Patience));
            return watch.ResponseStream.Current.Status;
        }
    }

    [Fact]
    public async Task Map_WithoutTheServices_SaysWhatToCall()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => GrpcHost.StartAsync(map: app => app.MapGrpcHealthChecksService()));
        Assert.Contains("AddGrpcHealthChecks", error.Message, StringComparison.Ordinal);
    }

    private static async Task<ServingStatus> CheckAsync(GrpcHost host, string service) =>
        (await new Health.V1.Health.HealthClient(host.Channel).CheckAsync(new HealthCheckRequest { Service = service }).ResponseAsync.WaitAsync(GrpcHost.Patience)).Status;
}
