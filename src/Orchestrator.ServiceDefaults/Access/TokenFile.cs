using System.Text;
using Orchestrator.ServiceDefaults.Files;

namespace Orchestrator.ServiceDefaults.Access;

/// <summary>The token that this process presents: a file with nothing else in it, read again when it changes.</summary>
/// <param name="path">The file.</param>
/// <param name="time">The clock.</param>
/// <param name="faulty">Told when it has changed and holds no token; the one of before counts on.</param>
/// <exception cref="Domain.Errors.OrchestratorException">It can't be read or holds no token.</exception>
public sealed class TokenFile(string path, TimeProvider time, Action<string>? faulty = null)
{
    /// <summary>The longest token, in characters: a provider's is longer than one of this product.</summary>
    public const int MaxLength = 16 * 1024;

    private readonly Reread<string> _token = new([path], contents => Parse(Encoding.UTF8.GetString(contents[0])), time, faulty);

    /// <summary>The token.</summary>
    public string Current => _token.Current;

    /// <summary>A token from text that a person gave, without the white space around it.</summary>
    /// <exception cref="FormatException">It is empty, too long, or has characters that no token has.</exception>
    public static string Parse(string text)
    {
        var token = text.Trim();
        return token.Length is > 0 and <= MaxLength && token.All(c => c is > ' ' and < (char)127)
            ? token
            : throw new FormatException("a token is one word of printable ASCII characters.");
    }
}
