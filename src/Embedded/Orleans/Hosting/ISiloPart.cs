namespace Orleans.Runtime;

/// <summary>Something that starts once the silo takes calls, and stops before it drains.</summary>
internal interface ISiloPart
{
    Task StartAsync(CancellationToken cancellationToken);

    Task StopAsync(CancellationToken cancellationToken);
}
