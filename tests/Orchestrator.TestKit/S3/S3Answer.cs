using System.Text;
using System.Xml.Linq;

namespace Orchestrator.TestKit.S3;

/// <summary>An answer of the fake service.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Body">What it says.</param>
/// <param name="Length">The length that it states: of a HEAD, that of what a GET would give.</param>
public sealed record S3Answer(int Status, byte[] Body, long Length)
{
    /// <summary>Its headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>One that says nothing more.</summary>
    public static S3Answer Empty(int status) => new(status, [], 0);

    /// <summary>An XML document.</summary>
    public static S3Answer Xml(XElement root, int status = 200)
    {
        var body = Encoding.UTF8.GetBytes(root.ToString());
        return new S3Answer(status, body, body.Length) { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Content-Type"] = "application/xml" } };
    }

    /// <summary>A failure.</summary>
    public static S3Answer Error(int status, string code, string message) =>
        Xml(new XElement("Error", new XElement("Code", code), new XElement("Message", message)), status);
}
