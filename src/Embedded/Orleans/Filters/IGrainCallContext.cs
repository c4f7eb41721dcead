using System.Reflection;
using Orleans.Runtime;

namespace Orleans;

/// <summary>A call on its way through the filters.</summary>
public interface IGrainCallContext
{
    /// <value>Who calls; null from outside grains.</value>
    GrainId? SourceId { get; }

    GrainId TargetId { get; }
    GrainInterfaceType InterfaceType { get; }
    string InterfaceName { get; }
    string MethodName { get; }
    MethodInfo InterfaceMethod { get; }

    /// <value>The grain; for an outgoing call, its reference.</value>
    object Grain { get; }

    /// <value>The result, once the call has been made. A filter may replace it, or set it instead of calling.</value>
    object? Result { get; set; }

    /// <summary>Calls the next filter or, after the last, the method.</summary>
    Task Invoke();
}
