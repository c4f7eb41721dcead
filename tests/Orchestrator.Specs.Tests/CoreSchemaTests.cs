using Orchestrator.Domain.Parameters;
using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs.Tests;

public sealed class CoreSchemaTests
{
    [Theory]
    [InlineData("yes")]
    [InlineData("on")]
    [InlineData("NO")]
    [InlineData("y")]
    [InlineData("12:30:45")]
    [InlineData("1_000")]
    [InlineData("0b1")]
    [InlineData("1e")]
    [InlineData(".")]
    [InlineData("- 1")]
    [InlineData("2026-01-01")]
    public void Resolve_WhatYaml11ReadOtherwise_IsText(string text) => Assert.Equal(ParameterValue.Of(text), CoreSchema.Resolve(text));

    [Theory]
    [InlineData("12", 12)]
    [InlineData("-7", -7)]
    [InlineData("+7", 7)]
    [InlineData("010", 10)]
    [InlineData("0o17", 15)]
    [InlineData("0x1F", 31)]
    public void Resolve_Integer_IsInteger(string text, long value) => Assert.Equal(ParameterValue.Of(value), CoreSchema.Resolve(text));

    [Theory]
    [InlineData("1e-3", 1e-3)]
    [InlineData("1.", 1.0)]
    [InlineData(".5", 0.5)]
    [InlineData("-1.5E+2", -150)]
    [InlineData("99999999999999999999", 1e20)]
    [InlineData("-.inf", double.NegativeInfinity)]
    [InlineData(".nan", double.NaN)]
    public void Resolve_Real_IsReal(string text, double value) => Assert.Equal(ParameterValue.Of(value), CoreSchema.Resolve(text));

    [Theory]
    [InlineData("")]
    [InlineData("~")]
    [InlineData("null")]
    public void Resolve_Null_IsNull(string text) => Assert.Null(CoreSchema.Resolve(text));

    [Theory]
    [InlineData("true", true)]
    [InlineData("False", false)]
    public void Resolve_Flag_IsFlag(string text, bool value) => Assert.Equal(ParameterValue.Of(value), CoreSchema.Resolve(text));
}
