namespace Orleans;

/// <summary>Sees every call before it leaves its caller.</summary>
public interface IOutgoingGrainCallFilter
{
    Task Invoke(IOutgoingGrainCallContext context);
}
