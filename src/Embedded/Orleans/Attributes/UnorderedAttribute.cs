namespace Orleans.Concurrency;

/// <summary>Says that the order of messages does not matter; here it has no effect.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class UnorderedAttribute : Attribute;
