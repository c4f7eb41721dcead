using OpenTelemetry.Exporter;
using OpenTelemetry.Exposition;

namespace OpenTelemetry.Prometheus.Tests;

public sealed class NameTests
{
    [Theory]
    [InlineData("s", "seconds")]
    [InlineData("{packet}", null)]
    [InlineData("{packet}/s", "per_second")]
    [InlineData("By/s", "bytes_per_second")]
    [InlineData("1", null)]
    [InlineData("", null)]
    [InlineData("m/h", "meters_per_hour")]
    [InlineData("furlong", "furlong")]
    [InlineData("a b//c", "a_b_per_c")]
    public void Unit_IsSpeltOut(string unit, string? expected) => Assert.Equal(expected, Names.Unit(unit));

    [Theory]
    [InlineData("a.b-c", "a_b_c")]
    [InlineData("1st", "_1st")]
    [InlineData("a..b", "a_b")]
    [InlineData("é:x", "_:x")]
    public void Metric_HasOnlyAllowedCharacters(string name, string expected) => Assert.Equal(expected, Names.Metric(name));

    [Theory]
    [InlineData("bytes_total", "By", true, "bytes_total", "bytes_total", "bytes")]
    [InlineData("io_bytes_total", "By", true, "io_bytes_total", "io_bytes_total", "io_bytes")]
    [InlineData("io_total", "By", true, "io_total_bytes_total", "io_bytes_total", "io_bytes")]
    [InlineData("io", "", true, "io_total", "io_total", "io")]
    [InlineData("load_seconds", "s", false, "load_seconds", "load_seconds", "load_seconds")]
    [InlineData("load", "s", false, "load_seconds", "load_seconds", "load_seconds")]
    public void Family_HasUnitThenTotal(string name, string unit, bool isCounter, string text, string openMetrics, string family)
    {
        var options = new PrometheusAspNetCoreOptions();

        Assert.Equal(text, FamilyName.Of(name, unit, isCounter, ExpositionFormat.Text, options).Series);
        var names = FamilyName.Of(name, unit, isCounter, ExpositionFormat.OpenMetrics, options);
        Assert.Equal((openMetrics, family), (names.Series, names.Family));
    }
}
