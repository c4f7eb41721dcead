using Orchestrator.Kubernetes.Access;

namespace Orchestrator.Kubernetes.Tests.Access;

public sealed class YamlJsonTests
{
    [Theory]
    [InlineData("a: 1", """{"a":1}""")]
    [InlineData("a: '1'", """{"a":"1"}""")]
    [InlineData("a: 1.5", """{"a":1.5}""")]
    [InlineData("a: true", """{"a":true}""")]
    [InlineData("a: \"true\"", """{"a":"true"}""")]
    [InlineData("a:", """{"a":null}""")]
    [InlineData("a: 10m", """{"a":"10m"}""")]
    [InlineData("a: |\n  x\n  y\n", """{"a":"x\ny\n"}""")]
    [InlineData("- b\n- {c: [1]}", """["b",{"c":[1]}]""")]
    [InlineData("""{"nvidia.com/gpu": "2"}""", """{"nvidia.com/gpu":"2"}""")]
    public void Parse_Value_IsTheSameInJson(string yaml, string json) => Assert.Equal(json, YamlJson.Parse(yaml)!.ToJsonString());

    [Fact]
    public void Parse_Nothing_IsNull() => Assert.Null(YamlJson.Parse(""));

    [Fact]
    public void Parse_TooDeep_IsAnError() => Assert.Throws<FormatException>(() => YamlJson.Parse(new string('[', 100) + new string(']', 100)));
}
