namespace Orchestrator.Domain.Parameters.Expressions;

/// <summary>Reads an expression by recursive descent, from <c>or</c>, which binds least, to <c>**</c>, which binds most.</summary>
internal sealed class ExpressionParser(string text)
{
    private const int MaximumDepth = 50;

    // From the operators that bind least to those that bind most; 'not' stands between 'and' and the comparisons.
    private static readonly string[][] Levels = [["or"], ["and"], ["==", "!=", "<", "<=", ">", ">="], ["+", "-"], ["*", "/", "//", "%"]];
    private const int Comparisons = 2;

    private readonly List<ExpressionToken> _tokens = ExpressionLexer.Read(text);
    private int _next;
    private int _depth;

    private ExpressionToken Current => _tokens[_next];

    public ExpressionNode Parse()
    {
        var root = Level(0);
        return Current.Text.Length == 0 ? root : throw Unexpected("an operator");
    }

    private ExpressionNode Level(int level)
    {
        if (level == Levels.Length) return Sign();
        if (level == Comparisons && Current.Text == "not") return Not();
        var left = Level(level + 1);
        for (var count = 0; ; count++)
        {
            var token = Current;
            if (level == Comparisons && (token.Text == "in" || token.Text == "not")) left = In(left);
            else if (Levels[level].Contains(token.Text, StringComparer.Ordinal) && token.Value is null)
            {
                // a < b < c would compare a truth with a number.
                if (level == Comparisons && count > 0) throw new ExpressionException(token.Position, "comparisons don't chain: join them with 'and'");
                _next++;
                left = new Binary(token.Position, token.Text, left, Level(level + 1));
            }
            else return left;
        }
    }

    private ExpressionNode.Unary Not()
    {
        var position = Take().Position;
        return Deeper(() => new ExpressionNode.Unary(position, IsNot: true, Level(Comparisons)));
    }

    private ExpressionNode In(ExpressionNode left)
    {
        var position = Current.Position;
        var isNot = Current.Text == "not";
        if (isNot) _next++;
        Expect("in");
        Expect("[");
        var among = new ExpressionNode.Among(position, left, List("]"));
        return isNot ? new ExpressionNode.Unary(position, IsNot: true, among) : among;
    }

    private ExpressionNode Sign()
    {
        if (Current.Text != "-" || Current.Value is not null) return Power();
        var position = Take().Position;
        return Deeper(() => new ExpressionNode.Unary(position, IsNot: false, Sign()));
    }

    private ExpressionNode Power()
    {
        var left = Atom();
        if (Current.Text != "**") return left;
        var position = Take().Position;
        return Deeper(() => new Binary(position, "**", left, Sign()));
    }

    private ExpressionNode Atom()
    {
        var token = Current;
        if (token.Value is { } value)
        {
            _next++;
            return new ExpressionNode.Literal(token.Position, value);
        }
        if (token.Text == "(")
        {
            _next++;
            var inner = Deeper(() => Level(0));
            Expect(")");
            return inner;
        }
        if (!token.IsName) throw Unexpected("a value, a name or '('");
        _next++;
        if (Current.Text != "(") return new ExpressionNode.Name(token.Position, token.Text);
        if (!Call.Names.Contains(token.Text, StringComparer.Ordinal)) throw new ExpressionException(token.Position, $"there is no function '{token.Text}'; there are: {string.Join(", ", Call.Names)}");
        _next++;
        return new Call(token.Position, token.Text, List(")"));
    }

    private List<ExpressionNode> List(string end)
    {
        var items = new List<ExpressionNode>();
        while (Current.Text != end)
        {
            items.Add(Deeper(() => Level(0)));
            if (Current.Text != ",") break;
            _next++;
        }
        Expect(end);
        return items;
    }

    private T Deeper<T>(Func<T> read)
    {
        if (++_depth > MaximumDepth) throw new ExpressionException(Current.Position, $"it is nested more than {MaximumDepth} levels deep");
        var result = read();
        _depth--;
        return result;
    }

    private ExpressionToken Take() => _tokens[_next++];

    private void Expect(string sign)
    {
        if (Current.Text != sign) throw Unexpected($"'{sign}'");
        _next++;
    }

    private ExpressionException Unexpected(string expected) => new(Current.Position, $"expected {expected}, not {Current.Describe()}");
}
