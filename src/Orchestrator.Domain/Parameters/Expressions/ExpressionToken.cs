namespace Orchestrator.Domain.Parameters.Expressions;

/// <summary>A word, sign or value of an expression.</summary>
/// <param name="Position">Where it begins.</param>
/// <param name="Text">As it is written; empty at the end.</param>
/// <param name="Value">Its value, where it is one.</param>
/// <param name="IsName">Whether it is a name.</param>
internal readonly record struct ExpressionToken(int Position, string Text, ParameterValue? Value = null, bool IsName = false)
{
    /// <summary>What it is, for messages.</summary>
    public string Describe() => Text.Length == 0 ? "the end" : $"'{Text}'";
}
