namespace Orleans.Runtime;

/// <summary>The result of a method that returns a task without one.</summary>
internal readonly struct NoResult;
