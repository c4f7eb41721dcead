namespace Orleans.Runtime;

public static class GrainContextExtensions
{
    /// <summary>Ends an activation and waits until it has gone.</summary>
    public static Task DeactivateAsync(this IGrainContext grainContext, DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        grainContext.Deactivate(deactivationReason, cancellationToken);
        return grainContext.Deactivated;
    }
}
