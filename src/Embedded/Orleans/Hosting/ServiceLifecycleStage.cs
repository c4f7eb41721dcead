namespace Orleans;

/// <summary>When things start. The embedded silo has one stage for what its users add: when it is active.</summary>
public static class ServiceLifecycleStage
{
    public const int Active = 20_000;
}
