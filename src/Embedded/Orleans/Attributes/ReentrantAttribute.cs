namespace Orleans.Concurrency;

/// <summary>Lets the calls of a grain class interleave at every await.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;
