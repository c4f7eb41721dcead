namespace Orchestrator.Domain.Tests.Experiments;

/// <summary>Tests that measure the process's memory, so that none may run beside them.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public sealed class MeasuredAlone;
