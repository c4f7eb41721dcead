using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Grains.Experiments;

/// <summary>How experiments are run in this deployment.</summary>
public sealed class ExperimentGrainOptions
{
    /// <summary>The URI of the folder that has a folder for each experiment. Required.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>How often an experiment compares what it believes with the pool.</summary>
    /// <value>The default is 1 second.</value>
    public TimeSpan ReconcileEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long an attempt that lost a peer is kept before it counts as interrupted. The rank that broke off first may still say why:
    /// then the attempt failed by that, and not by the others' lost connection.
    /// </summary>
    /// <value>The default is 1.5 seconds.</value>
    public TimeSpan RootCauseGrace { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// How long a worker has to be without a stream, before the ranks that wait for it go on without it: time to dial again after a broken connection.
    /// </summary>
    /// <value>The default is 1 second.</value>
    public TimeSpan RegroupGrace { get; set; } = TimeSpan.FromSeconds(1);
}
