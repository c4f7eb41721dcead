using System.Collections.Immutable;

namespace Orchestrator.Grains.Contracts;

/// <summary>What experiments whose gangs have machines of their own want of the cluster.</summary>
[Alias("orchestrator.IGangsGrain")]
public interface IGangsGrain : IGrainWithStringKey
{
    /// <summary>The key of the only one.</summary>
    const string Default = "default";

    /// <summary>An experiment says what it wants and has, again and again; with nothing of both it is forgotten.</summary>
    [Alias("Want")]
    Task Want(GangRequest request);

    /// <summary>What was said lately, by experiment.</summary>
    [Alias("List")]
    Task<ImmutableArray<GangRequest>> List();
}
