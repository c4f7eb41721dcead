using System.Text.Json;
using Orchestrator.Domain.Parameters;

namespace Orchestrator.Domain.Tests.Parameters;

public sealed class ParameterSetTests
{
    private static readonly ParameterSet Some = Set(("b.rate", ParameterValue.Of(0.5)), ("a", ParameterValue.Of(2)), ("c", ParameterValue.Of("x")), ("d", ParameterValue.Of(true)));

    [Fact]
    public void Entries_AnyOrder_AreInTheOrderOfTheName() => Assert.Equal(["a", "b.rate", "c", "d"], Some.Select(e => e.Key));

    [Fact]
    public void New_OneNameTwice_TheLastCounts() => Assert.Equal(ParameterValue.Of(2), Set(("a", ParameterValue.Of(1)), ("a", ParameterValue.Of(2)))["a"]);

    [Fact]
    public void Json_Some_IsOneObjectAndReadsBackEqual()
    {
        Assert.Equal("""{"a":2,"b.rate":0.5,"c":"x","d":true}""", Some.ToJson());
        Assert.Equal(Some, ParameterSet.FromJson(Some.ToJson()));
    }

    [Fact]
    public void Json_None_IsAnEmptyObject()
    {
        Assert.Equal("{}", ParameterSet.Empty.ToJson());
        Assert.Equal(ParameterSet.Empty, ParameterSet.FromJson("{}"));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("{\"a\":null}")]
    [InlineData("{\"a\":{}}")]
    [InlineData("{\"a\":1")]
    public void Json_NoObjectOfPlainValues_IsRefused(string json) => Assert.ThrowsAny<JsonException>(() => ParameterSet.FromJson(json));

    [Fact]
    public void Equals_SameContentInAnotherOrder_IsTrue()
    {
        var other = Set(("d", ParameterValue.Of(true)), ("c", ParameterValue.Of("x")), ("a", ParameterValue.Of(2)), ("b.rate", ParameterValue.Of(0.5)));

        Assert.Equal(Some, other);
        Assert.Equal(Some.GetHashCode(), other.GetHashCode());
    }

    [Fact]
    public void Equals_IntegerAndReal_AreDifferent() => Assert.NotEqual(Set(("a", ParameterValue.Of(1))), Set(("a", ParameterValue.Of(1.0))));

    [Fact]
    public void Item_Unknown_NamesThoseThereAre()
    {
        var error = Assert.Throws<KeyNotFoundException>(() => Some["rate"]);

        Assert.Contains("a, b.rate, c, d", error.Message);
        Assert.False(Some.TryGet("rate", out _));
    }

    private static ParameterSet Set(params (string Name, ParameterValue Value)[] entries) => new(entries.Select(e => new KeyValuePair<string, ParameterValue>(e.Name, e.Value)));
}
