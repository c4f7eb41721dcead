namespace Orleans.Runtime;

/// <summary>Where an activation is listed: among the grains, or with its fellow stateless workers.</summary>
internal interface IActivationHome
{
    /// <summary>The activation has gone.</summary>
    void Remove(Activation activation);

    /// <summary>Sends a request that came too late to who comes next.</summary>
    void Forward(GrainRequest request, GrainId grainId);
}
