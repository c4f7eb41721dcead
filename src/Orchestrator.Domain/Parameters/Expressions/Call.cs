namespace Orchestrator.Domain.Parameters.Expressions;

/// <summary>A function of its arguments.</summary>
internal sealed record Call(int Position, string Function, IReadOnlyList<ExpressionNode> Arguments) : ExpressionNode(Position)
{
    private static readonly Dictionary<string, Func<double, double>> OfOne = new(StringComparer.Ordinal)
    {
        ["sqrt"] = Math.Sqrt, ["exp"] = Math.Exp, ["log"] = Math.Log, ["log2"] = Math.Log2, ["log10"] = Math.Log10, ["abs"] = Math.Abs,
        ["round"] = x => Math.Round(x, MidpointRounding.AwayFromZero), ["floor"] = Math.Floor, ["ceil"] = Math.Ceiling,
    };

    /// <summary>The functions there are.</summary>
    public static IReadOnlyCollection<string> Names { get; } = ["if", "min", "max", .. OfOne.Keys];

    private bool IsRounding => Function is "round" or "floor" or "ceil";

    public override ExpressionKind Check(Func<string, ExpressionKind?> kindOf)
    {
        var (least, most) = Function switch { "if" => (3, 3), "min" or "max" => (2, int.MaxValue), _ => (1, 1) };
        if (Arguments.Count < least || Arguments.Count > most) throw new ExpressionException(Position, $"'{Function}' takes {least}{(most > least ? " or more" : "")} arguments, not {Arguments.Count}");
        var kinds = Arguments.Select(a => a.Check(kindOf)).ToList();
        if (Function == "if") return CheckIf(kinds);
        var misfit = kinds.FindIndex(k => !IsNumber(k));
        if (misfit >= 0) throw new ExpressionException(Arguments[misfit].Position, $"'{Function}' takes numbers, not {Word(kinds[misfit])}");
        return IsRounding || Function is "min" or "max" or "abs" && kinds.TrueForAll(k => k == ExpressionKind.Integer) ? ExpressionKind.Integer : ExpressionKind.Real;
    }

    public override ParameterValue? Evaluate(Func<string, ParameterValue?> valueOf)
    {
        if (Function == "if") return Arguments[0].Evaluate(valueOf) is ParameterValue.Flag flag ? Arguments[flag.Value ? 1 : 2].Evaluate(valueOf) : null;
        var values = new ParameterValue[Arguments.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (Arguments[i].Evaluate(valueOf) is not { Number: not null } value) return null;
            values[i] = value;
        }
        if (Function == "min") return values.MinBy(v => v.Number);
        if (Function == "max") return values.MaxBy(v => v.Number);
        if (values[0] is ParameterValue.Integer { Value: not long.MinValue } integer && (IsRounding || Function == "abs"))
            return IsRounding ? integer : ParameterValue.Of(Math.Abs(integer.Value));
        var result = OfOne[Function](values[0].Number!.Value);
        return IsRounding ? Integer(result) : Finite(result);
    }

    public override void CollectNames(List<string> names)
    {
        foreach (var argument in Arguments) argument.CollectNames(names);
    }

    /// <summary>A whole double as an integer; null where it has none.</summary>
    public static ParameterValue? Integer(double value) => Math.Abs(value) < 1L << 62 ? ParameterValue.Of((long)value) : null;

    private ExpressionKind CheckIf(List<ExpressionKind> kinds)
    {
        if (kinds[0] != ExpressionKind.Flag) throw new ExpressionException(Arguments[0].Position, $"'if' takes a condition first, not {Word(kinds[0])}");
        if (kinds[1] == kinds[2]) return kinds[1];
        if (IsNumber(kinds[1]) && IsNumber(kinds[2])) return ExpressionKind.Real;
        throw new ExpressionException(Position, $"'if' gives either {Word(kinds[1])} or {Word(kinds[2])}: make both alike");
    }
}
