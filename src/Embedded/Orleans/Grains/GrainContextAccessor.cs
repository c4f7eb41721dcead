namespace Orleans.Runtime;

internal sealed class GrainContextAccessor : IGrainContextAccessor
{
    public IGrainContext GrainContext => RuntimeContext.RequireCurrent();
}
