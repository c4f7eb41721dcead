using Orchestrator.Protocol;

namespace Orchestrator.Cli.Progress;

/// <summary>Shows how an experiment goes on. Disposing it ends the display, with what was shown left on the screen.</summary>
internal interface IProgressDisplay : IProgressSink, IAsyncDisposable
{
    /// <summary>Something changed.</summary>
    /// <param name="view">The whole experiment.</param>
    /// <param name="changed">The trials that changed.</param>
    void Show(ExperimentView view, IReadOnlyCollection<Trial> changed);
}
