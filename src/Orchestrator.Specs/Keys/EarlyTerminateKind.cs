namespace Orchestrator.Specs.Keys;

internal enum EarlyTerminateKind
{
    Asha,
    Hyperband,
    Median,
    Percentile,
    Patience,
}
