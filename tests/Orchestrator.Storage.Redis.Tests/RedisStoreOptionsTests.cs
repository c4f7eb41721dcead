namespace Orchestrator.Storage.Redis.Tests;

public sealed class RedisStoreOptionsTests
{
    [Theory]
    [InlineData("redis://cache", "redis://cache:6379/?prefix=orch")]
    [InlineData("redis://:hunter2@cache:7000/3?prefix=team-a", "redis://cache:7000/3?prefix=team-a")]
    [InlineData("rediss://cache?prefix=team-a", "rediss://cache:6379/?prefix=team-a")]
    public void ToDisplay_AnyUrl_IsTheSamePlaceWithoutThePassword(string url, string expected)
    {
        var shown = RedisStoreOptions.Parse(url).ToDisplay();

        Assert.Equal(expected, shown);
        Assert.Equal(shown, RedisStoreOptions.Parse(shown).ToDisplay());
    }

    [Theory]
    [InlineData("redis://cache", "/own.crt")]
    [InlineData("redis://cache?ca=/its.crt", "/its.crt")]
    public void Parse_AuthorityBesideTheUrl_IsWhatTheUrlDoesNotSay(string url, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => RedisStoreOptions.Parse(url, "/own.crt")).Message, StringComparison.Ordinal); // read at once, and not there

    [Fact]
    public void ToConfiguration_AnyUrl_IsTheSameServerWithThePassword()
    {
        var options = RedisStoreOptions.Parse("rediss://:a%2Cb@cache:7000/3").ToConfiguration();

        Assert.Equal(("Unspecified/cache:7000", true, 3, "a,b"), (options.EndPoints.Single().ToString(), options.Ssl, options.DefaultDatabase, options.Password));
    }

    [Theory]
    [InlineData("redis://:hunter2@cache?timeout=3")]
    [InlineData("redis://:hunter2@cache?prefix=A")]
    [InlineData("hunter2")]
    public void Parse_NotOfTheForm_SaysSoWithoutTheText(string url) =>
        Assert.DoesNotContain("hunter2", Assert.Throws<FormatException>(() => RedisStoreOptions.Parse(url)).Message, StringComparison.Ordinal);
}
