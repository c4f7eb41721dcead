using Orleans.Runtime;

namespace Orleans;

public interface IOutgoingGrainCallContext : IGrainCallContext
{
    /// <value>Who calls; null from outside grains.</value>
    IGrainContext? SourceContext { get; }
}
