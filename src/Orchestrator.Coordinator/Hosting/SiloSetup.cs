#if UPSTREAM
using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;
#endif

namespace Orchestrator.Coordinator.Hosting;

/// <summary>
/// The silo of this coordinator. The embedded build has one, alone. In the upstream build coordinators with the same Redis form a cluster;
/// with SQLite one is alone there too.
/// </summary>
internal static class SiloSetup
{
#if UPSTREAM
    private const int NoGateway = 0;

    /// <summary>Whether a coordinator writes its metadata alone.</summary>
    public const bool IsAlone = false;

    public static void Configure(ISiloBuilder silo, CoordinatorOptions options)
    {
        var port = options.SiloPort == 0 ? FreePort(options.Bind) : options.SiloPort;
        if (options.Redis is not { } redis)
        {
            silo.UseLocalhostClustering(siloPort: port, gatewayPort: NoGateway).UseInMemoryReminderService();
            return;
        }
        silo.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (redis.Prefix, redis.Prefix));
        if (options.Bind.Equals(IPAddress.Any) || options.Bind.Equals(IPAddress.IPv6Any))
            silo.ConfigureEndpoints(Dns.GetHostName(), port, NoGateway, listenOnAnyHostAddress: true);
        else
            silo.ConfigureEndpoints(options.Bind, port, NoGateway);
        silo.UseRedisClustering(clustering => clustering.ConfigurationOptions = redis.ToConfiguration());
        silo.UseRedisReminderService(reminders => reminders.ConfigurationOptions = redis.ToConfiguration());
        silo.AddRedisGrainStorageAsDefault(storage => storage.ConfigurationOptions = redis.ToConfiguration());
    }

    private static int FreePort(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
#else
    /// <summary>Whether a coordinator writes its metadata alone.</summary>
    public const bool IsAlone = true;

    public static void Configure(ISiloBuilder silo, CoordinatorOptions options) => silo.UseLocalhostClustering().UseInMemoryReminderService();
#endif
}
