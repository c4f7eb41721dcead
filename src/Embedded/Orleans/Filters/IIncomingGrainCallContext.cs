using System.Reflection;
using Orleans.Runtime;

namespace Orleans;

public interface IIncomingGrainCallContext : IGrainCallContext
{
    IGrainContext TargetContext { get; }
    MethodInfo ImplementationMethod { get; }
}
