using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Orchestrator.Coordinator.Tests.Support;
using Orchestrator.Domain.Errors;
using Orchestrator.ServiceDefaults.Access;
using Orchestrator.ServiceDefaults.Access.Oidc;
using Orchestrator.TestKit.Files;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Coordinator.Tests.Access.Oidc;

public sealed class OidcTokensTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _faults = [];
    private FakeProvider _provider = null!;
    private OidcTokens _tokens = null!;

    public async Task InitializeAsync()
    {
        _provider = await FakeProvider.Start();
        _tokens = new OidcTokens(Settings("groups=\"vision team\" role=submitter team=vision", "groups=* role=viewer"), _time, _faults.Add);
    }

    public async Task DisposeAsync()
    {
        _tokens.Dispose();
        await _provider.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("RS256", "r1")]
    [InlineData("PS256", "r1")]
    [InlineData("ES256", "e1")]
    public async Task Find_TokenOfTheProvider_IsItsHolderWithTheFirstRuleThatFits(string algorithm, string key)
    {
        var caller = await Find(_provider.Token(_time.Now, algorithm, key));

        Assert.Equal(new OidcCaller("ann", new OidcRule("groups", "vision team", Role.Submitter, "vision"), null), caller);
        Assert.Equal(Role.Viewer, (await Find(_provider.Token(_time.Now, algorithm, key, c => c["groups"] = "guests"))).Rule!.Role);
        Assert.Null((await Find(_provider.Token(_time.Now, algorithm, key, c => c.Remove("groups")))) is { Fault: null, Rule: var none } ? none : throw new InvalidOperationException());
        Assert.Equal(1, _provider.Reads);
    }

    public static TheoryData<string, string> Refused => new()
    {
        { "other issuer", "not of the issuer" },
        { "no issuer", "not of the issuer" },
        { "other audience", "not for 'orchestrator'" },
        { "no audience", "not for 'orchestrator'" },
        { "expired", "has expired" },
        { "never expires", "has expired" },
        { "expires as text", "has expired" },
        { "not yet", "not valid yet" },
        { "not yet, as text", "not valid yet" },
        { "other key", "signature is wrong" },
        { "other key's name", "No key of" },
        { "changed", "signature is wrong" },
        { "unsigned", "no signed JSON Web Token" },
        { "none", "signature is wrong" },
        { "shared secret", "signature is wrong" },
        { "key of another kind", "signature is wrong" },
        { "critical extension", "no signed JSON Web Token" },
        { "twice the same claim", "no signed JSON Web Token" },
        { "no JSON", "no signed JSON Web Token" },
        { "padded", "no signed JSON Web Token" },
        { "huge", "no signed JSON Web Token" },
        { "deep", "no signed JSON Web Token" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Find_AnythingElse_IsRefusedAndSaysWhy(string what, string why)
    {
        using var stranger = RSA.Create(2048);
        var now = _time.Now;
        var good = _provider.Token(now);
        var presented = what switch
        {
            "other issuer" => _provider.Token(now, claims: c => c["iss"] = "https://login.example"),
            "no issuer" => _provider.Token(now, claims: c => c.Remove("iss")),
            "other audience" => _provider.Token(now, claims: c => c["aud"] = new JsonArray("orchestrator2", 7)),
            "no audience" => _provider.Token(now, claims: c => c.Remove("aud")),
            "expired" => _provider.Token(now, claims: c => c["exp"] = (now - OidcTokens.ClockSkew).ToUnixTimeSeconds()),
            "never expires" => _provider.Token(now, claims: c => c.Remove("exp")),
            "expires as text" => _provider.Token(now, claims: c => c["exp"] = "9999999999"),
            "not yet" => _provider.Token(now, claims: c => c["nbf"] = (now + OidcTokens.ClockSkew).AddSeconds(1).ToUnixTimeSeconds()),
            "not yet, as text" => _provider.Token(now, claims: c => c["nbf"] = "0"),
            "other key" => _provider.Token(now, by: stranger),
            "other key's name" => _provider.Token(now, header: h => h["kid"] = "r2"),
            "changed" => Replace(good, 1, _provider.Token(now, claims: c => c["groups"] = "admins").Split('.')[1]),
            "unsigned" => Replace(good, 2, ""),
            "none" => _provider.Token(now, header: h => h["alg"] = "none"),
            "shared secret" => _provider.Token(now, "HS256"),
            "key of another kind" => _provider.Token(now, header: h => h["kid"] = "e1"),
            "critical extension" => _provider.Token(now, header: h => h["crit"] = new JsonArray("exp")),
            "twice the same claim" => Replace(good, 1, "eyJhIjoxLCJhIjoyfQ"), // {"a":1,"a":2}
            "no JSON" => "orch.is.it",
            "padded" => Replace(good, 0, good.Split('.')[0] + "=="),
            "huge" => _provider.Token(now, claims: c => c["x"] = new string('x', 20_000)),
            "deep" => _provider.Token(now, claims: c => c["x"] = JsonNode.Parse(new string('[', 20) + new string(']', 20))),
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };

        var caller = await Find(presented);

        Assert.Null(caller.Rule);
        Assert.Contains(why, caller.Fault, StringComparison.Ordinal);
        Assert.Null((await Find(good)).Fault); // which would have let its holder in
    }

    [Fact]
    public async Task Find_KeysAreRotated_ReadsThemAgainAtMostEveryTenSeconds()
    {
        await Find(_provider.Token(_time.Now));
        var old = _provider.Token(_time.Now);
        _provider.AddKey("r2", RSA.Create(2048));
        _provider.RemoveKey("r1");

        Assert.NotNull((await Find(_provider.Token(_time.Now, key: "r2"))).Fault); // somebody who makes keys up does not make it ask without end
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Null((await Find(_provider.Token(_time.Now, key: "r2"))).Fault);
        Assert.NotNull((await Find(old)).Fault);
        Assert.Equal(2, _provider.Reads);
    }

    [Fact]
    public async Task Find_ProviderIsAway_KeysCountOnForADay()
    {
        await Find(_provider.Token(_time.Now));
        _provider.IsAway = true;

        _time.Advance(TimeSpan.FromHours(23));
        Assert.Null((await Find(_provider.Token(_time.Now))).Fault);
        Assert.Contains("can't be read", Assert.Single(_faults), StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Contains("No key of", (await Find(_provider.Token(_time.Now))).Fault, StringComparison.Ordinal);

        _provider.IsAway = false;
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Null((await Find(_provider.Token(_time.Now))).Fault);
    }

    [Theory]
    [InlineData("""{"issuer":"https://other.example","jwks_uri":"https://other.example/keys"}""", "of the issuer 'https://other.example'")]
    [InlineData("""{"issuer":"ISSUER","jwks_uri":"http://other.example/keys"}""", "jwks_uri is no https:// URL")]
    [InlineData("""{"issuer":"ISSUER"}""", "jwks_uri is no https:// URL")]
    public async Task Find_DiscoveryThatCantBeTrusted_IsToldAndNobodyComesIn(string document, string fault)
    {
        _provider.Discovery = (JsonObject)JsonNode.Parse(document.Replace("ISSUER", _provider.Issuer, StringComparison.Ordinal))!;

        Assert.NotNull((await Find(_provider.Token(_time.Now))).Fault);
        Assert.Contains(fault, Assert.Single(_faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_WeakKey_SignsNothing()
    {
        using var weak = RSA.Create(1024);
        _provider.AddKey("weak", weak);

        Assert.Contains("No key of", (await Find(_provider.Token(_time.Now, key: "weak"))).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_BytesChangedAtRandom_IsRefusedAndNeverThrows()
    {
        var (good, random) = (_provider.Token(_time.Now), new Random(7));
        for (var round = 0; round < 500; round++)
        {
            var bad = good.ToCharArray();
            var at = random.Next(bad.Length);
            var other = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.= \\\"\u00e9"[random.Next(70)];
            if (bad[at] == other || at == bad.Length - 1) continue; // the last character's spare bits say nothing
            bad[at] = other;
            Assert.NotNull((await Find(new string(bad))).Fault);
        }
    }

    [Theory]
    [InlineData("groups=a role=viewer", "no line says issuer=")]
    [InlineData("issuer=http://login.example audience=x\ngroups=a role=viewer", ":1: issuer=http://login.example is no https:// URL")]
    [InlineData("issuer=https://login.example audience=x", "there are 0 lines")]
    [InlineData("issuer=https://login.example audience=x\ngroups=a role=worker", ":2: its role= must be viewer, submitter or admin")]
    [InlineData("issuer=https://login.example audience=x\ngroups=a role=admin team=A_B", ":2: 'A_B' is no name of a team")]
    [InlineData("issuer=https://login.example audience=x\ngroups=a b role=admin", ":2: a rule is")]
    [InlineData("issuer=https://a.example audience=x\nissuer=https://b.example audience=x\ngroups=a role=admin", ":2: there is a provider already")]
    [InlineData("issuer=https://a.example\ngroups=a role=admin", ":1: such a line is issuer=URL audience=NAME")]
    public void Parse_Fault_IsNamedWithItsLine(string text, string fault) =>
        Assert.Contains(fault, Assert.Throws<OrchestratorException>(() => OidcSettings.Parse(text, "oidc")).Message, StringComparison.Ordinal);

    private Task<OidcCaller> Find(string token) => _tokens.Find(token, default).WaitAsync(RunningCoordinator.Patience);

    private string Settings(params string[] rules) => _folder.Write("oidc", $"# who may come in\nissuer={_provider.Issuer} audience={FakeProvider.Audience}\n{string.Join('\n', rules)}\n");

    private static string Replace(string token, int part, string by)
    {
        var parts = token.Split('.');
        parts[part] = by;
        return string.Join('.', parts);
    }
}
