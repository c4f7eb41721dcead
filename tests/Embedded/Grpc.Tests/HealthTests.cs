using Grpc.Core;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Microsoft.Extensions.DependencyInjection;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Grpc.Tests;

public sealed class HealthTests
{
    [Fact]
    public async Task Check_KnownAndUnknown_GivesStatusOrNotFound()
    {
        var health = new HealthServiceImpl();
        health.SetStatus("", ServingStatus.Serving);
        health.SetStatus("jobs", ServingStatus.NotServing);
        await using var host = await GrpcHost.StartAsync<HealthServiceImpl>(services: s => s.AddSingleton(health));
        var client = new Health.V1.Health.HealthClient(host.Channel);
        Assert.Equal(ServingStatus.Serving, (await client.CheckAsync(new HealthCheckRequest()).ResponseAsync.WaitAsync(GrpcHost.Patience)).Status);
        Assert.Equal(
            ServingStatus.NotServing, (await client.CheckAsync(new HealthCheckRequest { Service = "jobs" }).ResponseAsync.WaitAsync(GrpcHost.Patience)).Status);
        var error = await Assert.ThrowsAsync<RpcException>(
            () => client.CheckAsync(new HealthCheckRequest { Service = "nobody" }).ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }

    [Fact]
    public async Task Watch_Changes_AreSeenInOrder()
    {
        var health = new HealthServiceImpl();
        await using var host = await GrpcHost.StartAsync<HealthServiceImpl>(services: s => s.AddSingleton(health));
        using var watch = new Health.V1.Health.HealthClient(host.Channel).Watch(new HealthCheckRequest { Service = "jobs" });
        await ExpectAsync(ServingStatus.ServiceUnknown);
        health.SetStatus("jobs", ServingStatus.Serving);
        await ExpectAsync(ServingStatus.Serving);
        health.SetStatus("jobs", ServingStatus.Serving);
        health.SetStatus("other", ServingStatus.NotServing);
        health.SetStatus("jobs", ServingStatus.NotServing);
        await ExpectAsync(ServingStatus.NotServing);
        health.ClearAll();
        await ExpectAsync(ServingStatus.ServiceUnknown);

        async Task ExpectAsync(ServingStatus status)
        {
            Assert.True(await watch.ResponseStream.MoveNext().WaitAsync(GrpcHost.Patience));
            Assert.Equal(status, watch.ResponseStream.Current.Status);
        }
    }
}
