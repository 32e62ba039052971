using JobTracker.Gateway;
using JobTracker.Tests.Unit.Configuration;

namespace JobTracker.Tests.Unit.Gateway;

/// <summary>What pages, and the bytes that are on their way, may be set to.</summary>
public sealed class GatewayLimitsTests
{
    [Theory]
    [InlineData("PageBytes", "16384", "16383")]
    [InlineData("PageBytes", "67108864", "67108865")]
    [InlineData("OrganizationBytesInFlight", "8388608", "8388607")]
    [InlineData("OrganizationBytesInFlight", "1073741824", "1073741825")]
    [InlineData("ListWait", "00:00:00", "-00:00:01")]
    [InlineData("ListWait", "00:01:00", "00:01:01")]
    [InlineData("ResponseBytesPerSecond", "1", "0")]
    [InlineData("StreamBytesPerSecond", "1", "0")]
    [InlineData("ResponseGrace", "00:00:02", "00:00:01")]
    [InlineData("ResponseGrace", "00:10:00", "00:10:01")]
    [InlineData("RefusedCredentials", "1", "0")]
    [InlineData("RefusedCredentials", "10000", "10001")]
    public void A_limit_is_refused_by_its_name_one_past_its_range(string name, string good, string bad)
    {
        Assert.Null(Refusal(name, good));
        Assert.NotNull(Refusal(name, bad));
    }

    private static string? Refusal(string name, string value) =>
        StartRefusals.Of<GatewayLimits>(GatewayLimits.Section, ($"Limits:{name}", value))
            .SingleOrDefault(failure => failure.StartsWith($"Limits:{name} ", StringComparison.Ordinal));
}
