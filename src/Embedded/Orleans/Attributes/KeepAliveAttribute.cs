namespace Orleans;

/// <summary>An activation of the class never goes by being idle.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KeepAliveAttribute : Attribute;
