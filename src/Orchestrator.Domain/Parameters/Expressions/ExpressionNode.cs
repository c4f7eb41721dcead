namespace Orchestrator.Domain.Parameters.Expressions;

/// <summary>A part of an expression.</summary>
/// <param name="Position">Where it begins.</param>
internal abstract record ExpressionNode(int Position)
{
    public abstract ExpressionKind Check(Func<string, ExpressionKind?> kindOf);

    public abstract ParameterValue? Evaluate(Func<string, ParameterValue?> valueOf);

    public abstract void CollectNames(List<string> names);

    protected static bool IsNumber(ExpressionKind kind) => kind is ExpressionKind.Integer or ExpressionKind.Real;

    protected static ParameterValue? Finite(double value) => double.IsFinite(value) ? ParameterValue.Of(value) : null;

    /// <summary>A value that is written in it.</summary>
    internal sealed record Literal(int Position, ParameterValue Value) : ExpressionNode(Position)
    {
        public override ExpressionKind Check(Func<string, ExpressionKind?> kindOf) => KindOf(Value);

        public override ParameterValue? Evaluate(Func<string, ParameterValue?> valueOf) => Value;

        public override void CollectNames(List<string> names)
        {
        }

        public static ExpressionKind KindOf(ParameterValue value) => value switch
        {
            ParameterValue.Integer => ExpressionKind.Integer,
            ParameterValue.Real => ExpressionKind.Real,
            ParameterValue.Text => ExpressionKind.Text,
            _ => ExpressionKind.Flag,
        };
    }

    /// <summary>A name.</summary>
    internal sealed record Name(int Position, string Value) : ExpressionNode(Position)
    {
        public override ExpressionKind Check(Func<string, ExpressionKind?> kindOf) => kindOf(Value) ?? throw new ExpressionException(Position, $"there is no '{Value}'");

        public override ParameterValue? Evaluate(Func<string, ParameterValue?> valueOf) => valueOf(Value);

        public override void CollectNames(List<string> names) => names.Add(Value);
    }

    /// <summary><c>not</c> or a minus sign before an operand.</summary>
    internal sealed record Unary(int Position, bool IsNot, ExpressionNode Operand) : ExpressionNode(Position)
    {
        public override ExpressionKind Check(Func<string, ExpressionKind?> kindOf)
        {
            var kind = Operand.Check(kindOf);
            if (IsNot ? kind == ExpressionKind.Flag : IsNumber(kind)) return kind;
            throw new ExpressionException(Position, IsNot ? $"'not' takes a condition, not {Word(kind)}" : $"'-' takes a number, not {Word(kind)}");
        }

        public override ParameterValue? Evaluate(Func<string, ParameterValue?> valueOf) => Operand.Evaluate(valueOf) switch
        {
            ParameterValue.Flag flag when IsNot => ParameterValue.Of(!flag.Value),
            ParameterValue.Integer integer when !IsNot => ParameterValue.Of(-integer.Value),
            ParameterValue.Real real when !IsNot => ParameterValue.Of(-real.Value),
            _ => null,
        };

        public override void CollectNames(List<string> names) => Operand.CollectNames(names);
    }

    /// <summary>Whether a value is one of a list.</summary>
    internal sealed record Among(int Position, ExpressionNode Operand, IReadOnlyList<ExpressionNode> Items) : ExpressionNode(Position)
    {
        public override ExpressionKind Check(Func<string, ExpressionKind?> kindOf)
        {
            var kind = Operand.Check(kindOf);
            foreach (var item in Items)
            {
                var other = item.Check(kindOf);
                if (other != kind && !(IsNumber(other) && IsNumber(kind))) throw new ExpressionException(item.Position, $"{Word(other)} is never equal to {Word(kind)}");
            }
            return ExpressionKind.Flag;
        }

        public override ParameterValue? Evaluate(Func<string, ParameterValue?> valueOf)
        {
            if (Operand.Evaluate(valueOf) is not { } value) return null;
            var isUnknown = false;
            foreach (var item in Items)
            {
                var other = item.Evaluate(valueOf);
                if (other is null) isUnknown = true;
                else if (Binary.AreEqual(value, other)) return ParameterValue.Of(true);
            }
            return isUnknown ? null : ParameterValue.Of(false);
        }

        public override void CollectNames(List<string> names)
        {
            Operand.CollectNames(names);
            foreach (var item in Items) item.CollectNames(names);
        }
    }

    internal static string Word(ExpressionKind kind) => kind switch
    {
        ExpressionKind.Integer or ExpressionKind.Real => "a number",
        ExpressionKind.Text => "a text",
        _ => "true or false",
    };
}
