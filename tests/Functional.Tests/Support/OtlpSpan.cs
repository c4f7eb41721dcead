namespace Orchestrator.Functional.Tests.Support;

/// <summary>A span as it was exported.</summary>
/// <param name="Service">The process that it is of.</param>
/// <param name="Name">Its name.</param>
/// <param name="Trace">The id of its trace.</param>
/// <param name="Id">Its id.</param>
/// <param name="Parent">The id of its parent; empty: it is the first.</param>
public sealed record OtlpSpan(string Service, string Name, string Trace, string Id, string Parent);
