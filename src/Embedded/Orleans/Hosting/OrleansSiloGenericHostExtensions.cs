using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Microsoft.Extensions.Hosting;

public static class OrleansSiloGenericHostExtensions
{
    public static IHostApplicationBuilder UseOrleans(this IHostApplicationBuilder hostAppBuilder) => hostAppBuilder.UseOrleans(static _ => { });

    public static IHostApplicationBuilder UseOrleans(this IHostApplicationBuilder hostAppBuilder, Action<ISiloBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(configureDelegate);
        Add(hostAppBuilder.Services, hostAppBuilder.Configuration, configureDelegate);
        return hostAppBuilder;
    }

    public static HostApplicationBuilder UseOrleans(this HostApplicationBuilder hostAppBuilder) => hostAppBuilder.UseOrleans(static _ => { });

    public static HostApplicationBuilder UseOrleans(this HostApplicationBuilder hostAppBuilder, Action<ISiloBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(configureDelegate);
        Add(hostAppBuilder.Services, hostAppBuilder.Configuration, configureDelegate);
        return hostAppBuilder;
    }

    public static IHostBuilder UseOrleans(this IHostBuilder hostBuilder, Action<ISiloBuilder> configureDelegate) =>
        hostBuilder.UseOrleans((_, silo) => configureDelegate(silo));

    public static IHostBuilder UseOrleans(this IHostBuilder hostBuilder, Action<HostBuilderContext, ISiloBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(configureDelegate);
        return hostBuilder.ConfigureServices((context, services) => Add(services, context.Configuration, silo => configureDelegate(context, silo)));
    }

    public static IServiceCollection AddOrleans(this IServiceCollection services, Action<ISiloBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(configureDelegate);
        Add(services, new ConfigurationBuilder().Build(), configureDelegate);
        return services;
    }

    private static void Add(IServiceCollection services, IConfiguration configuration, Action<ISiloBuilder> configure)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions();
        services.AddLogging();
        if (services.All(s => s.ServiceType != typeof(SiloRuntime)))
        {
            services.AddSingleton<SiloRuntime>();
            services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<SiloRuntime>());
            services.AddSingleton(static provider => provider.GetRequiredService<SiloRuntime>().Factory);
            services.AddSingleton<IGrainFactory>(static provider => provider.GetRequiredService<SiloRuntime>().Factory);
            services.AddSingleton<IClusterClient>(static provider => provider.GetRequiredService<SiloRuntime>().Factory);
            services.AddSingleton<IGrainContextAccessor, GrainContextAccessor>();
        }
        configure(new SiloBuilder(services, configuration));
    }
}
