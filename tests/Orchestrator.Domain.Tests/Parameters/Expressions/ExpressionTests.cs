using FsCheck;
using FsCheck.Fluent;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Parameters.Expressions;

namespace Orchestrator.Domain.Tests.Parameters.Expressions;

public sealed class ExpressionTests
{
    private static readonly Dictionary<string, ParameterValue> Values = new(StringComparer.Ordinal)
    {
        ["width"] = ParameterValue.Of(64L),
        ["rate"] = ParameterValue.Of(0.5),
        ["optim.kind"] = ParameterValue.Of("sgd"),
        ["tied"] = ParameterValue.Of(true),
    };

    [Theory]
    [InlineData("width * 2", "128")]
    [InlineData("width / 5", "12.8")]
    [InlineData("width // 5", "12")]
    [InlineData("-7 // 2", "-4")]
    [InlineData("-7 % 3", "2")]
    [InlineData("2 ** 3 ** 2", "512")]
    [InlineData("-2 ** 2", "-4")]
    [InlineData("1 + 2 * 3 - 4 / 2", "5")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("round(width * rate * 1.01)", "32")]
    [InlineData("max(width, 100) - min(1, 2)", "99")]
    [InlineData("log2(width)", "6")]
    [InlineData("if(optim.kind == 'sgd', 0.9, 0.0)", "0.9")]
    [InlineData("width >= 64 and not tied", "false")]
    [InlineData("optim.kind in ['adam', \"sgd\"]", "true")]
    [InlineData("width not in [64, 128]", "false")]
    [InlineData("1 == 1.0", "true")]
    [InlineData("not tied or rate < 1e-3", "false")]
    public void Evaluate_Expression_GivesItsValue(string text, string expected) => Assert.Equal(expected, Evaluate(text)?.ToString());

    [Theory]
    [InlineData("absent + 1")]
    [InlineData("1 / 0")]
    [InlineData("log(0)")]
    [InlineData("absent > 1 or false")]
    public void Evaluate_NameWithoutValueOrNoNumber_GivesNothing(string text) => Assert.Null(Evaluate(text));

    [Theory]
    [InlineData("absent > 1 and false", false)]
    [InlineData("absent > 1 or true", true)]
    [InlineData("absent > 1", true)]
    [InlineData("width > 64", false)]
    public void Holds_NameWithoutValue_UnlessTheRestDecides(string text, bool expected) =>
        Assert.Equal(expected, Expression.Parse(text).Holds(name => Values.GetValueOrDefault(name)));

    [Theory]
    [InlineData("", 0, "expected a value, a name or '(', not the end")]
    [InlineData("1 +", 3, "expected a value, a name or '(', not the end")]
    [InlineData("a = 1", 2, "to compare write '=='")]
    [InlineData("(a", 2, "expected ')'")]
    [InlineData("a b", 2, "expected an operator, not 'b'")]
    [InlineData("1 < 2 < 3", 6, "comparisons don't chain")]
    [InlineData("sin(1)", 0, "there is no function 'sin'; there are: if, min")]
    [InlineData("'open", 0, "has no end")]
    [InlineData("1.2.3", 0, "'1.2.3' is not a number")]
    [InlineData("a ? b", 2, "'?' has no meaning here")]
    public void Parse_Faulty_SaysWhatAndWhere(string text, int position, string message)
    {
        var error = Assert.Throws<ExpressionException>(() => Expression.Parse(text));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(position, error.Position);
    }

    [Fact]
    public void Parse_NestedTooDeep_IsAnErrorAndNoOverflow()
    {
        Assert.Throws<ExpressionException>(() => Expression.Parse(new string('(', 900)));
        Assert.Throws<ExpressionException>(() => Expression.Parse(new string('-', 900) + "1"));
    }

    [Theory]
    [InlineData("depth", "there is no 'depth'")]
    [InlineData("tied + 1", "'+' takes numbers, not true or false and a number")]
    [InlineData("optim.kind < 2", "'<' takes numbers")]
    [InlineData("optim.kind == 2", "a text is never equal to a number")]
    [InlineData("width and tied", "'and' takes conditions")]
    [InlineData("not width", "'not' takes a condition, not a number")]
    [InlineData("if(tied, 1, 'a')", "make both alike")]
    [InlineData("sqrt(tied)", "'sqrt' takes numbers, not true or false")]
    [InlineData("min(1)", "'min' takes 2 or more arguments, not 1")]
    public void Check_PartsThatDoNotFit_SaysWhat(string text, string message)
    {
        var error = Assert.Throws<ExpressionException>(() => Expression.Parse(text).Check(KindOf));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("width * 2", ExpressionKind.Integer)]
    [InlineData("width * rate", ExpressionKind.Real)]
    [InlineData("width / 2", ExpressionKind.Real)]
    [InlineData("round(rate)", ExpressionKind.Integer)]
    [InlineData("rate <= 1", ExpressionKind.Flag)]
    [InlineData("if(tied, 'a', optim.kind)", ExpressionKind.Text)]
    public void Check_GivesTheKind(string text, ExpressionKind expected) => Assert.Equal(expected, Expression.Parse(text).Check(KindOf));

    [Fact]
    public void Parse_AnyText_GivesAnExpressionOrItsOwnError()
    {
        var parts = Gen.Elements("a", "1", "2.5", "+", "-", "*", "/", "**", "(", ")", "[", "]", ",", "and", "or", "not", "in", "'x'", "<", "==", "if", "min", " ", "\"", "é");
        var texts = Gen.Choose(0, 12).SelectMany(count => parts.ArrayOf(count)).Select(words => string.Join(" ", words));

        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            try
            {
                Expression.Parse(text).Evaluate(_ => ParameterValue.Of(3L));
            }
            catch (ExpressionException e)
            {
                return e.Position >= 0 && e.Position <= text.Length;
            }
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithReplay(5, 7));
    }

    private static ParameterValue? Evaluate(string text) => Expression.Parse(text).Evaluate(name => Values.GetValueOrDefault(name));

    private static ExpressionKind? KindOf(string name) => name switch
    {
        "width" => ExpressionKind.Integer,
        "rate" => ExpressionKind.Real,
        "optim.kind" => ExpressionKind.Text,
        "tied" => ExpressionKind.Flag,
        _ => null,
    };
}
