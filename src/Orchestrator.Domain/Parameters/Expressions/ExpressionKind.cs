namespace Orchestrator.Domain.Parameters.Expressions;

/// <summary>What an expression gives.</summary>
public enum ExpressionKind
{
    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number that need not be whole.</summary>
    Real,

    /// <summary>A text.</summary>
    Text,

    /// <summary>True or false.</summary>
    Flag,
}
