using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Orchestrator.Domain.Parameters;

namespace Orchestrator.Domain.Tests.Parameters;

public sealed class ParameterValueJsonTests
{
    public static TheoryData<ParameterValue, string> Forms() => new()
    {
        { ParameterValue.Of(1), "1" },
        { ParameterValue.Of(long.MinValue), "-9223372036854775808" },
        { ParameterValue.Of(1.0), "1.0" },
        { ParameterValue.Of(-0.0), "-0.0" },
        { ParameterValue.Of(1e300), "1E+300" },
        { ParameterValue.Of(0.1), "0.1" },
        { ParameterValue.Of(double.Epsilon), "5E-324" },
        { ParameterValue.Of("1"), "\"1\"" },
        { ParameterValue.Of(""), "\"\"" },
        { ParameterValue.Of(true), "true" },
        { ParameterValue.Of(false), "false" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Json_EveryKind_HasItsFormAndReadsBackAsItself(ParameterValue value, string json)
    {
        Assert.Equal(json, JsonSerializer.Serialize(value));
        Assert.Equal(value, JsonSerializer.Deserialize<ParameterValue>(json));
    }

    [Theory]
    [InlineData("1e2", 100.0)]
    [InlineData("1.50", 1.5)]
    [InlineData("9223372036854775808", 9223372036854775808.0)] // too large for an integer
    public void Json_OtherNumbers_AreReals(string json, double value) => Assert.Equal(ParameterValue.Of(value), JsonSerializer.Deserialize<ParameterValue>(json));

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    public void Json_NoPlainValue_IsRefused(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ParameterValue>(json));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Json_NotFinite_IsRefused(double value) => Assert.Throws<JsonException>(() => JsonSerializer.Serialize(ParameterValue.Of(value)));

    [Fact]
    public void Json_AnyFiniteReal_ReadsBackToTheLastBit() => Prop.ForAll<long>(bits =>
    {
        var value = BitConverter.Int64BitsToDouble(unchecked(bits * (long)0x9E3779B97F4A7C15));
        if (!double.IsFinite(value)) return;
        var read = Assert.IsType<ParameterValue.Real>(JsonSerializer.Deserialize<ParameterValue>(JsonSerializer.Serialize(ParameterValue.Of(value))));
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(read.Value));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000).WithEndSize(int.MaxValue));

    [Fact]
    public void Json_AnyInteger_ReadsBackAsAnInteger() => Prop.ForAll<long>(value =>
        Assert.Equal(ParameterValue.Of(value), JsonSerializer.Deserialize<ParameterValue>(JsonSerializer.Serialize(ParameterValue.Of(value))))).QuickCheckThrowOnFailure();
}
