namespace Orleans;

/// <summary>Sees every call before the grain does. A grain that implements it filters its own calls, after the others.</summary>
public interface IIncomingGrainCallFilter
{
    Task Invoke(IIncomingGrainCallContext context);
}
