namespace Orchestrator.Specs.Keys;

internal enum HalvingVariant
{
    Stopping,
    Promotion,
    Synchronous,
}
