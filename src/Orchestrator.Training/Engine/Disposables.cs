namespace Orchestrator.Training.Engine;

/// <summary>Several things that are disposed together.</summary>
internal sealed class Disposables(IReadOnlyList<IDisposable> items) : IDisposable
{
    public void Dispose()
    {
        foreach (var item in items)
            item.Dispose();
    }
}
