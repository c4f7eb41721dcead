using System.Collections.Immutable;

namespace Orchestrator.Grains.Contracts;

/// <summary>Everything a rank needs to run its part of an attempt.</summary>
/// <param name="Attempt">What runs.</param>
/// <param name="Rank">The rank, from 0.</param>
/// <param name="Peers">The endpoint of each rank, in order.</param>
/// <param name="Task">The task.</param>
/// <param name="Parameters">One JSON object.</param>
/// <param name="Seed">The seed of everything random in the trial.</param>
/// <param name="DatasetKind">The dataset reader; empty: none.</param>
/// <param name="DatasetPath">Where the data is.</param>
/// <param name="Collective"><c>auto</c>, <c>gloo</c> or <c>grpc</c>.</param>
/// <param name="Metric">The optimised metric.</param>
/// <param name="Maximize">Whether more of it is better.</param>
/// <param name="CheckpointFolder">The URI of the trial's folder.</param>
/// <param name="CheckpointEvery">Epochs between checkpoints.</param>
/// <param name="CheckpointKeep">How many of the newest are kept.</param>
/// <param name="ResumeFrom">The trial's checkpoints, newest first.</param>
/// <param name="Device"><c>cpu</c> or <c>cuda</c>.</param>
/// <param name="StopOn">Problems that end the trial.</param>
/// <param name="InitFrom">A file with the parameters to begin with; empty: none.</param>
/// <param name="Command">The program to run and its arguments; empty: none.</param>
/// <param name="Artifacts">What is kept besides checkpoints.</param>
/// <param name="Trace">The W3C <c>traceparent</c> that it goes on with; empty: none.</param>
/// <param name="Generation">The process group to join, from 1 within the attempt.</param>
/// <param name="IsElastic">Whether the ranks that are left may go on in the next generation when others are lost.</param>
/// <param name="ReportedEpoch">The last epoch that the coordinator knows of: who becomes rank 0 reports those after it.</param>
[GenerateSerializer, Immutable, Alias("orchestrator.Assignment")]
public sealed record Assignment(
    [property: Id(0)] AttemptKey Attempt,
    [property: Id(1)] int Rank,
    [property: Id(2)] ImmutableArray<string> Peers,
    [property: Id(3)] string Task,
    [property: Id(4)] string Parameters,
    [property: Id(5)] long Seed,
    [property: Id(6)] string DatasetKind,
    [property: Id(7)] string DatasetPath,
    [property: Id(8)] string Collective,
    [property: Id(9)] string Metric,
    [property: Id(10)] bool Maximize,
    [property: Id(11)] string CheckpointFolder,
    [property: Id(12)] int CheckpointEvery,
    [property: Id(13)] int CheckpointKeep,
    [property: Id(14)] ImmutableArray<ResumePoint> ResumeFrom,
    [property: Id(15)] string Device,
    [property: Id(16)] ImmutableArray<string> StopOn,
    [property: Id(17)] string InitFrom,
    [property: Id(18)] ImmutableArray<string> Command,
    [property: Id(19)] ImmutableArray<string> Artifacts,
    [property: Id(20)] string Trace,
    [property: Id(21)] int Generation,
    [property: Id(22)] bool IsElastic,
    [property: Id(23)] int ReportedEpoch);
