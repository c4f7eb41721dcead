namespace Orchestrator.Domain.Parameters.Expressions;

/// <summary>
/// A small expression over named values: <c>+ - * / // % **</c>, <c>== != &lt; &lt;= &gt; &gt;=</c>, <c>in [a, b]</c>, <c>and or not</c>,
/// <c>if(condition, a, b)</c>, <c>min max abs round floor ceil sqrt exp log log2 log10</c>, numbers, quoted texts, <c>true</c> and <c>false</c>.
/// Derived parameters, constraints and forbidden combinations are written in it. Evaluating has no effects and always ends.
/// </summary>
public sealed class Expression
{
    /// <summary>The longest expression, in characters.</summary>
    public const int MaximumLength = 1000;

    private readonly ExpressionNode _root;

    private Expression(string source, ExpressionNode root)
    {
        Source = source;
        _root = root;
        var names = new List<string>();
        root.CollectNames(names);
        Names = [.. names.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The text it was read from.</summary>
    public string Source { get; }

    /// <summary>The names it uses, each once.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Reads an expression.</summary>
    /// <exception cref="ExpressionException">It is not one.</exception>
    public static Expression Parse(string text) => new(text, new ExpressionParser(text).Parse());

    /// <summary>What the expression gives, by what its names are.</summary>
    /// <param name="kindOf">The kind of a name; null: there is no such name.</param>
    /// <exception cref="ExpressionException">A name is unknown, or an operation is applied to what it can't take.</exception>
    public ExpressionKind Check(Func<string, ExpressionKind?> kindOf) => _root.Check(kindOf);

    /// <summary>The value; null where a name it needs has none, or where it is not a finite number.</summary>
    /// <param name="valueOf">The value of a name; null: it has none here.</param>
    public ParameterValue? Evaluate(Func<string, ParameterValue?> valueOf) => _root.Evaluate(valueOf);

    /// <summary>Whether a condition holds. One that has no value, since a parameter of it is not active, holds.</summary>
    public bool Holds(Func<string, ParameterValue?> valueOf) => Evaluate(valueOf) is not ParameterValue.Flag { Value: false };

    /// <inheritdoc/>
    public override string ToString() => Source;
}
