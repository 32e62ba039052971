namespace JobTracker.Tests.Integration.Gateway;

/// <summary>What the process needs to be told before it serves.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task Without_authentication_everybody_is_the_development_caller()
    {
        await using var host = new GatewayHost(("Auth:Mode", "none"));
        await host.InitializeAsync();
        var made = (await host.Stranger().PostAsync("/v1/jobs", "{}", ("Authorization", "Bearer whatever"))).Created();

        Assert.Equal(("org-default", "user-default"), (made.Text("organization_id"), made.Text("created_by_id")));
        (await host.Stranger().GetAsync("/v1/jobs?organization_id=another")).Ok();
    }

    [Theory]
    [InlineData("Auth:Mode", "none", "urls", "http://0.0.0.0:0", "Auth:Mode")]
    [InlineData("Auth:Mode", "none", "urls", "http://127.0.0.1:0;http://[::]:0", "Auth:Mode")]
    [InlineData("Auth:Mode", "key", "urls", "http://127.0.0.1:0", "Auth:Mode")]
    [InlineData("Auth:Mode", "keys", "Auth:BootstrapKey", "jtk_0123456789_0123456789012345678901234567890123456", "Auth:BootstrapKey")]
    [InlineData("Auth:Mode", "none", "Limits:BulkJobs", "0", "Limits:BulkJobs")]
    [InlineData("Auth:Mode", "none", "Limits:Wait", "02:00:00", "Limits:Wait")]
    [InlineData("Auth:Mode", "none", "Limits:OrganizationBytesInFlight", "8388607", "Limits:OrganizationBytesInFlight")]
    public async Task A_setting_that_cannot_be_is_refused_by_its_name(string mode, string value, string key, string setting, string named)
    {
        var refusal = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var host = new GatewayHost((mode, value), (key, setting));
            await host.InitializeAsync();
        });

        Assert.Contains(named, refusal.Message);
    }
}
