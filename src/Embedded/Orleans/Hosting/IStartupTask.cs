namespace Orleans.Runtime;

/// <summary>Something to do when the silo has started, before the host is considered started.</summary>
public interface IStartupTask
{
    Task Execute(CancellationToken cancellationToken);
}
