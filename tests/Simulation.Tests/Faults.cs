namespace Orchestrator.Simulation.Tests;

/// <summary>How often what goes wrong, each as a probability.</summary>
/// <param name="Dropped">A message is lost.</param>
/// <param name="Doubled">A message arrives twice.</param>
/// <param name="FailedAppend">The journal does not take an append.</param>
/// <param name="WorkerCrash">A worker dies at the end of an epoch.</param>
/// <param name="CoordinatorCrash">The coordinator dies at one of its ticks.</param>
/// <param name="FailedTraining">An attempt fails by an error of the training at the end of an epoch.</param>
internal sealed record Faults(double Dropped, double Doubled, double FailedAppend, double WorkerCrash, double CoordinatorCrash, double FailedTraining)
{
    public static readonly Faults None = new(0, 0, 0, 0, 0, 0);

    public static readonly Faults Many = new(0.1, 0.1, 0.05, 0.02, 0.02, 0.002);
}
