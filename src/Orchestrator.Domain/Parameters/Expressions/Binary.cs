namespace Orchestrator.Domain.Parameters.Expressions;

/// <summary>An operator between two operands.</summary>
internal sealed record Binary(int Position, string Operator, ExpressionNode Left, ExpressionNode Right) : ExpressionNode(Position)
{
    public override ExpressionKind Check(Func<string, ExpressionKind?> kindOf)
    {
        var (left, right) = (Left.Check(kindOf), Right.Check(kindOf));
        var numbers = IsNumber(left) && IsNumber(right);
        var whole = left == ExpressionKind.Integer && right == ExpressionKind.Integer;
        switch (Operator)
        {
            case "and" or "or":
                return left == ExpressionKind.Flag && right == ExpressionKind.Flag ? ExpressionKind.Flag : throw Misfit("conditions", left, right);
            case "==" or "!=":
                return numbers || left == right ? ExpressionKind.Flag : throw new ExpressionException(Position, $"{Word(left)} is never equal to {Word(right)}");
            case "<" or "<=" or ">" or ">=":
                return numbers ? ExpressionKind.Flag : throw Misfit("numbers", left, right);
            case "/":
                return numbers ? ExpressionKind.Real : throw Misfit("numbers", left, right);
            case "//":
                return numbers ? ExpressionKind.Integer : throw Misfit("numbers", left, right);
            default:
                return numbers ? whole ? ExpressionKind.Integer : ExpressionKind.Real : throw Misfit("numbers", left, right);
        }
    }

    public override ParameterValue? Evaluate(Func<string, ParameterValue?> valueOf)
    {
        var left = Left.Evaluate(valueOf);
        var right = Right.Evaluate(valueOf);
        if (Operator is "and" or "or") return Logical(left, right);
        if (left is null || right is null) return null;
        if (Operator is "==" or "!=") return ParameterValue.Of(AreEqual(left, right) == (Operator == "=="));
        if (left.Number is not { } a || right.Number is not { } b) return null;
        if (left is ParameterValue.Integer x && right is ParameterValue.Integer y && Whole(x.Value, y.Value) is { } whole) return ParameterValue.Of(whole);
        return Operator switch
        {
            "<" => ParameterValue.Of(a < b),
            "<=" => ParameterValue.Of(a <= b),
            ">" => ParameterValue.Of(a > b),
            ">=" => ParameterValue.Of(a >= b),
            "+" => Finite(a + b),
            "-" => Finite(a - b),
            "*" => Finite(a * b),
            "/" => Finite(a / b),
            "//" => Call.Integer(Math.Floor(a / b)),
            "%" => Finite(a - b * Math.Floor(a / b)),
            _ => Finite(Math.Pow(a, b)),
        };
    }

    public override void CollectNames(List<string> names)
    {
        Left.CollectNames(names);
        Right.CollectNames(names);
    }

    /// <summary>Equality by value: 1 and 1.0 are equal.</summary>
    public static bool AreEqual(ParameterValue left, ParameterValue right) =>
        left.Number is { } a && right.Number is { } b ? a == b : left == right;

    /// <summary>Known as soon as one operand decides it.</summary>
    private ParameterValue? Logical(ParameterValue? left, ParameterValue? right)
    {
        var deciding = Operator == "or";
        if (left is ParameterValue.Flag l && l.Value == deciding || right is ParameterValue.Flag r && r.Value == deciding) return ParameterValue.Of(deciding);
        return left is null || right is null ? null : ParameterValue.Of(!deciding);
    }

    /// <summary>What stays whole; null where it does not, or leaves 64 bits.</summary>
    private long? Whole(long left, long right)
    {
        Int128 result;
        switch (Operator)
        {
            case "+": result = (Int128)left + right; break;
            case "-": result = (Int128)left - right; break;
            case "*": result = (Int128)left * right; break;
            case "%" when right != 0: result = ((Int128)left % right + right) % right; break;
            case "//" when right != 0: result = ((Int128)left - (((Int128)left % right + right) % right)) / right; break;
            case "**" when right is >= 0 and < 64:
                result = 1;
                for (var i = 0; i < right && Int128.Abs(result) <= long.MaxValue; i++) result *= left;
                break;
            default: return null;
        }
        return result >= long.MinValue && result <= long.MaxValue ? (long)result : null;
    }

    private ExpressionException Misfit(string what, ExpressionKind left, ExpressionKind right) =>
        new(Position, $"'{Operator}' takes {what}, not {Word(left)} and {Word(right)}");
}
