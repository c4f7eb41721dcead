namespace Orleans.Runtime;

/// <summary>An activation: one grain in memory.</summary>
public interface IGrainContext
{
    GrainReference GrainReference { get; }
    GrainId GrainId { get; }
    object? GrainInstance { get; }
    IServiceProvider ActivationServices { get; }

    /// <value>Completes when the activation has gone.</value>
    Task Deactivated { get; }

    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}
