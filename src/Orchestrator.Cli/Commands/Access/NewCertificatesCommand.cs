using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Orchestrator.Cli.Output;
using Orchestrator.ServiceDefaults.Tls;

namespace Orchestrator.Cli.Commands;

/// <summary>
/// <c>orch certificates new</c>: an authority, a coordinator's certificate and the workers' one. Where the authority is there already, new
/// certificates of it: that is how they are renewed.
/// </summary>
internal sealed class NewCertificatesCommand : Command, IHasExamples, IStandsAlone
{
    private const int DefaultDays = 365;
    private const int MaxDays = 3650;
    private static readonly TimeSpan AuthorityLifetime = TimeSpan.FromDays(MaxDays);

    private readonly Option<string> _out = new("--out") { Description = "The folder they are written to; ca.crt and ca.key there are used again", Required = true, HelpName = "DIR" };
    private readonly Option<string[]> _hosts = new("--host") { Description = "A name or address that the coordinator is dialled by; localhost and the loopback addresses are always among them", HelpName = "NAME" };
    private readonly Option<int> _days = new("--days") { Description = "Days that the certificates count; the authority's counts ten years", DefaultValueFactory = _ => DefaultDays, HelpName = "N" };

    /// <summary>Makes the command.</summary>
    public NewCertificatesCommand(CliContext context)
        : base("new", "Make an authority (or use the one in the folder), a coordinator's certificate and one for the workers")
    {
        _days.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<int>() is < 1 or > MaxDays) r.AddError($"--days: 1 to {MaxDays}");
        });
        _hosts.Validators.Add(r =>
        {
            foreach (var token in r.Tokens.Where(t => Uri.CheckHostName(t.Value) == UriHostNameType.Unknown)) r.AddError($"--host: '{token.Value}' is no host name and no address");
        });
        Add(_out);
        Add(_hosts);
        Add(_days);
        SetAction(result => Make(context, result));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["orch certificates new --out certs --host head.example", "orch certificates new --out certs --host head.example --days 90"];

    private int Make(CliContext context, ParseResult result)
    {
        var folder = Path.GetFullPath(result.GetRequiredValue(_out));
        var lifetime = TimeSpan.FromDays(result.GetValue(_days));
        Directory.CreateDirectory(folder);
        var (caCertificate, caKey) = (Path.Combine(folder, "ca.crt"), Path.Combine(folder, "ca.key"));
        var isNew = !File.Exists(caCertificate) && !File.Exists(caKey);
        using var issuer = isNew ? CertificateIssuer.Create(AuthorityLifetime, context.Time) : Load(caCertificate, caKey, context.Time);
        var written = new List<string>();
        if (isNew) written.Add(Write(folder, "ca", issuer.Authority));
        written.Add(Write(folder, "coordinator", issuer.IssueCoordinator(["localhost", "127.0.0.1", "::1", .. result.GetValue(_hosts) ?? []], lifetime)));
        written.Add(Write(folder, "worker", issuer.IssueWorker("orchestrator worker", lifetime)));
        context.Terminal.Out.WriteLine(result.GetValue(CommonOptions.Json)
            ? new JsonObject { ["certificates"] = new JsonArray([.. written.Select(path => JsonValue.Create(path))]) }.ToJsonString(JsonText.Options)
            : string.Join('\n', written.Select(LocalPath.Display)));
        context.Terminal.Error.WriteLine($"keep {caKey} off the machines that run the orchestrator; whoever has it can make workers");
        return ExitCode.Done;
    }

    private static CertificateIssuer Load(string certificate, string key, TimeProvider time)
    {
        try
        {
            return CertificateIssuer.Load(File.ReadAllText(certificate), File.ReadAllText(key), time);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new CliException(ExitCode.Environment, certificate, $"is no certificate with its key in {key} ({e.Message.TrimEnd('.')})", "restore both, or move them away for a new authority", e);
        }
    }

    /// <summary>Writes a certificate and, beside it, its key.</summary>
    /// <returns>The certificate's path.</returns>
    private static string Write(string folder, string name, (string Certificate, string Key) pair)
    {
        var certificate = Path.Combine(folder, name + ".crt");
        PrivateFile.Create(Path.Combine(folder, name + ".key"), pair.Key + "\n");
        File.WriteAllText(certificate, pair.Certificate + "\n");
        return certificate;
    }
}
