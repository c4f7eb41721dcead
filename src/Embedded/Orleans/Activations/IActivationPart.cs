namespace Orleans.Runtime;

/// <summary>Something that lives with an activation: a state to be read before the grain starts, a timer to be stopped with it.</summary>
internal interface IActivationPart
{
    Task StartAsync(CancellationToken cancellationToken);

    void Stop();
}
