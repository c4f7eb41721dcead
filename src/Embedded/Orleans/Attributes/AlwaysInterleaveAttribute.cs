namespace Orleans.Concurrency;

/// <summary>Lets a call start while others run in the activation.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;
