using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Hosting;

public static class SiloBuilderReminderExtensions
{
    /// <summary>Adds reminders. They are stored in the <see cref="IReminderTable"/> among the services; without one, in the default grain storage.</summary>
    public static ISiloBuilder AddReminders(this ISiloBuilder builder)
    {
        builder.Services.AddReminders();
        return builder;
    }

    public static void AddReminders(this IServiceCollection services)
    {
        services.TryAddSingleton<IReminderTable>(provider => new GrainStorageReminderTable(
            provider.GetKeyedService<IGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)
            ?? throw new OrleansConfigurationException("Reminders have nowhere to be stored: add an IReminderTable or a default grain storage.")));
        services.TryAddSingleton<ReminderService>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISiloPart, ReminderService>(static provider => provider.GetRequiredService<ReminderService>()));
    }
}
