using Orleans.Runtime;

namespace Orleans;

/// <summary>What every grain class has. <see cref="Grain"/> implements it.</summary>
public interface IGrainBase
{
    IGrainContext GrainContext { get; }

    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
