using Orchestrator.Domain.Identity;

namespace Orchestrator.Grains.Experiments;

/// <summary>Where experiments and their trials keep files: URIs below the folder that coordinators and workers share.</summary>
public static class ExperimentFolders
{
    /// <summary>What the names of trials' folders begin with; nothing else in an experiment's folder does.</summary>
    public const string TrialPrefix = "trial-";

    /// <summary>The folder of an experiment.</summary>
    /// <param name="root">The folder of all of them.</param>
    /// <param name="experiment">Which.</param>
    public static string Of(string root, ExperimentId experiment) => Below(root, experiment.Value);

    /// <summary>The folder of a trial.</summary>
    /// <param name="experiment">Its experiment's folder.</param>
    /// <param name="trial">Its number.</param>
    public static string OfTrial(string experiment, int trial) => Below(experiment, $"{TrialPrefix}{trial}");

    /// <summary>What an s3:// URL has behind '?' says which service is meant, and goes for all that is below.</summary>
    private static string Below(string uri, string name)
    {
        var query = uri.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? $"{uri.TrimEnd('/')}/{name}" : $"{uri[..query].TrimEnd('/')}/{name}{uri[query..]}";
    }
}
