using Orchestrator.Cli.Output;

namespace Orchestrator.Cli.Tests.Output;

public sealed class FormatTests
{
    [Theory]
    [InlineData(0, "0.0s")]
    [InlineData(8.24, "8.2s")]
    [InlineData(9.96, "10s")]
    [InlineData(59.4, "59s")]
    [InlineData(185, "3m05s")]
    [InlineData(7620, "2h07m")]
    [InlineData(double.NaN, "?")]
    [InlineData(-1, "?")]
    [InlineData(double.PositiveInfinity, "?")]
    public void Duration_OfSeconds_IsShort(double seconds, string expected) => Assert.Equal(expected, Format.Duration(seconds));

    [Theory]
    [InlineData(-104.213456, "-104.213")]
    [InlineData(0.000123456789, "0.000123457")]
    [InlineData(3, "3")]
    [InlineData(double.NaN, "NaN")]
    public void Number_OfValue_HasSixDigits(double value, string expected) => Assert.Equal(expected, Format.Number(value));

    [Theory]
    [InlineData(11234.6, "11,235")]
    [InlineData(12.345, "12.3")]
    public void Rate_OfValue_IsShort(double value, string expected) => Assert.Equal(expected, Format.Rate(value));

    [Fact]
    public void Parameters_Nested_AreDotted() => Assert.Equal(
        "a=1 b.c=relu b.d=0.5 e=true", Format.Parameters("""{"a":1,"b":{"c":"relu","d":0.5},"e":true}""").Replace("True", "true", StringComparison.Ordinal));

    [Fact]
    public void Line_LongText_IsItsFirstLineCut() => Assert.Equal("abc...", Format.Line("abcdefgh\nsecond", 6));
}
