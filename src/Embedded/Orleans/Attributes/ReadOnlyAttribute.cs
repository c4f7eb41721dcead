namespace Orleans.Concurrency;

/// <summary>Lets a call that does not change state run beside other read-only calls.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;
