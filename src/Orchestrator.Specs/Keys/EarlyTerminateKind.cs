namespace Orchestrator.Specs.Keys;

internal enum EarlyTerminateKind
{
    Asha,
    Hyperband,
    Median,
    Percentile,
    Patience,
    Pbt,
    Pb2,
    Wilcoxon,
    Forecast,
}
