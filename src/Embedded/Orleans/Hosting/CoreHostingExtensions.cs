using System.Net;
using Orleans.Configuration;

namespace Orleans.Hosting;

public static class CoreHostingExtensions
{
    /// <summary>Upstream makes a cluster of one on this machine; the embedded silo is one by nature and opens no port.</summary>
    public static ISiloBuilder UseLocalhostClustering(
        this ISiloBuilder builder, int siloPort = 11111, int gatewayPort = 30000, IPEndPoint? primarySiloEndpoint = null,
        string serviceId = "dev", string clusterId = "dev") =>
        builder.Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (serviceId, clusterId));
}
