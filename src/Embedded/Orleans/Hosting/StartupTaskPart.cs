namespace Orleans.Runtime;

internal sealed class StartupTaskPart(Func<CancellationToken, Task> task) : ISiloPart
{
    public Task StartAsync(CancellationToken cancellationToken) => task(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
