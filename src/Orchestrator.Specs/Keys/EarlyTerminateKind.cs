namespace Orchestrator.Specs.Keys;

internal enum EarlyTerminateKind
{
    Asha,
    Hyperband,
}
