using Grpc.Protocol;

namespace Grpc.Tests.Protocol;

public sealed class GrpcTimeoutTests
{
    [Theory]
    [InlineData(1, "1u")]
    [InlineData(10, "1u")]
    [InlineData(11, "2u")]
    [InlineData(TimeSpan.TicksPerSecond, "1000000u")]
    [InlineData(99_999_999 * TimeSpan.TicksPerMicrosecond, "99999999u")]
    [InlineData(99_999_999 * TimeSpan.TicksPerMicrosecond + 1, "100000m")]
    [InlineData(TimeSpan.TicksPerDay, "86400000m")]
    [InlineData(365 * TimeSpan.TicksPerDay, "31536000S")]
    [InlineData(0, "1u")]
    [InlineData(-5, "1u")]
    [InlineData(long.MaxValue, "99999999H")]
    public void Encode_Ticks_FinestUnitRoundedUp(long ticks, string expected)
    {
        Assert.Equal(expected, GrpcTimeout.Encode(TimeSpan.FromTicks(ticks)));
        Assert.True(GrpcTimeout.TryParse(expected, out _));
    }

    [Theory]
    [InlineData("1n", 0)]
    [InlineData("100n", 1)]
    [InlineData("5m", 5 * TimeSpan.TicksPerMillisecond)]
    [InlineData("2M", 2 * TimeSpan.TicksPerMinute)]
    [InlineData("3H", 3 * TimeSpan.TicksPerHour)]
    public void TryParse_Units_Ticks(string text, long ticks)
    {
        Assert.True(GrpcTimeout.TryParse(text, out var timeout));
        Assert.Equal(ticks, timeout.Ticks);
    }
}
