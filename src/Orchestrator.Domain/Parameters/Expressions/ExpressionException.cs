using Orchestrator.Domain.Errors;

namespace Orchestrator.Domain.Parameters.Expressions;

/// <summary>An expression can't be read, or its parts don't fit each other.</summary>
/// <param name="position">Where, in characters from 0.</param>
/// <param name="message">What is wrong, ending the sentence "… in 'EXPRESSION'".</param>
public sealed class ExpressionException(int position, string message) : OrchestratorException("expression.faulty", message)
{
    /// <summary>Where, in characters from 0.</summary>
    public int Position { get; } = position;
}
