namespace Orleans.Runtime;

internal enum ActivationPhase
{
    Created,
    Activating,
    Active,
    Deactivating,
    Gone,
}
