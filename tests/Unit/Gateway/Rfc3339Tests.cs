using JobTracker.Gateway.Json;

namespace JobTracker.Tests.Unit.Gateway;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("2026-01-31T12:00:00Z", "2026-01-31T12:00:00.0000000Z")]
    [InlineData("2026-01-31T12:00:00z", "2026-01-31T12:00:00.0000000Z")]
    [InlineData("2026-01-31T12:00:00.5Z", "2026-01-31T12:00:00.5000000Z")]
    [InlineData("2026-01-31T12:00:00.1234569Z", "2026-01-31T12:00:00.1234560Z")]
    [InlineData("2026-01-31T12:00:00.123456789999Z", "2026-01-31T12:00:00.1234560Z")]
    [InlineData("2026-01-31T00:30:00+01:00", "2026-01-30T23:30:00.0000000Z")]
    [InlineData("2026-01-31T12:00:00-00:00", "2026-01-31T12:00:00.0000000Z")]
    public void A_timestamp_is_read_to_the_microsecond_in_UTC(string text, string expected)
    {
        Assert.True(Rfc3339.TryParse(text, out var moment));
        Assert.Equal(expected, moment.UtcDateTime.ToString("O"));
        Assert.Equal(TimeSpan.Zero, moment.Offset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-01-31")]
    [InlineData("2026-01-31T12:00:00")]
    [InlineData("2026-01-31 12:00:00Z")]
    [InlineData("2026-02-30T12:00:00Z")]
    [InlineData("2026-01-31T24:00:00Z")]
    [InlineData("2026-01-31T12:00:00.Z")]
    [InlineData("2026-01-31T12:00:00+25:00")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("2026-01-31T12:00:00Z\n")]
    [InlineData("٢٠٢٦-01-31T12:00:00Z")]
    public void Anything_else_is_none(string text) => Assert.False(Rfc3339.TryParse(text, out _));
}
