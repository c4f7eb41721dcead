using System.Collections.Immutable;

namespace Orchestrator.Grains.Contracts;

/// <summary>All experiments; the key is <see cref="Default"/>.</summary>
[Alias("orchestrator.IExperimentDirectoryGrain")]
public interface IExperimentDirectoryGrain : IGrainWithStringKey
{
    /// <summary>The key of the only directory.</summary>
    const string Default = "default";

    /// <summary>Begins an experiment under a new id: the spec's name and the first free number.</summary>
    /// <returns>The id.</returns>
    [Alias("Submit")]
    Task<string> Submit(Submission submission);

    /// <summary>An experiment was deleted: it is not listed any more, and its id not given again.</summary>
    [Alias("Forget")]
    Task Forget(string experiment);

    /// <summary>The ids of all experiments, oldest first.</summary>
    [Alias("List"), ReadOnly]
    Task<ImmutableArray<string>> List();
}
