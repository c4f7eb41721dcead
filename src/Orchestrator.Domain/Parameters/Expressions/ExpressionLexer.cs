using System.Globalization;

namespace Orchestrator.Domain.Parameters.Expressions;

/// <summary>Cuts an expression into its words, signs and values.</summary>
internal static class ExpressionLexer
{
    private static readonly string[] Signs = ["**", "//", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "(", ")", "[", "]", ","];

    public static List<ExpressionToken> Read(string text)
    {
        if (text.Length > Expression.MaximumLength) throw new ExpressionException(0, $"an expression has at most {Expression.MaximumLength} characters");
        var tokens = new List<ExpressionToken>();
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }
            var token = Next(text, at, out var length);
            tokens.Add(token);
            at += length;
        }
        tokens.Add(new ExpressionToken(text.Length, ""));
        return tokens;
    }

    private static ExpressionToken Next(string text, int at, out int length)
    {
        var c = text[at];
        if (char.IsAsciiDigit(c) || c == '.') return Number(text, at, out length);
        if (char.IsAsciiLetter(c) || c == '_') return Word(text, at, out length);
        if (c is '\'' or '"') return Quoted(text, at, out length);
        foreach (var sign in Signs)
        {
            if (string.CompareOrdinal(text, at, sign, 0, sign.Length) != 0) continue;
            length = sign.Length;
            return new ExpressionToken(at, sign);
        }
        throw new ExpressionException(at, c == '=' ? "'=' is not an operator; to compare write '=='" : $"'{c}' has no meaning here");
    }

    private static ExpressionToken Number(string text, int at, out int length)
    {
        var end = at;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.' || text[end] is 'e' or 'E' || text[end] is '+' or '-' && text[end - 1] is 'e' or 'E')) end++;
        length = end - at;
        var word = text[at..end];
        if (long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var integer)) return new ExpressionToken(at, word, ParameterValue.Of(integer));
        if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real)) return new ExpressionToken(at, word, ParameterValue.Of(real));
        throw new ExpressionException(at, $"'{word}' is not a number");
    }

    /// <summary>A name may have dots, and dashes between letters: nested parameters have such names. A minus sign needs a space.</summary>
    private static ExpressionToken Word(string text, int at, out int length)
    {
        var end = at;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '.' || text[end] == '-' && end + 1 < text.Length && char.IsAsciiLetter(text[end + 1]))) end++;
        length = end - at;
        var word = text[at..end];
        return word switch
        {
            "true" or "false" => new ExpressionToken(at, word, ParameterValue.Of(word == "true")),
            _ => new ExpressionToken(at, word, IsName: word is not ("and" or "or" or "not" or "in")),
        };
    }

    private static ExpressionToken Quoted(string text, int at, out int length)
    {
        var end = text.IndexOf(text[at], at + 1);
        if (end < 0) throw new ExpressionException(at, $"the text that begins with {text[at]} has no end");
        length = end + 1 - at;
        return new ExpressionToken(at, text[at..(end + 1)], ParameterValue.Of(text[(at + 1)..end]));
    }
}
