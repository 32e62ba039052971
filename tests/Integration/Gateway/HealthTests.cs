using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Gateway;

/// <summary>What the health checks say, in one process with an embedded database.</summary>
public sealed class HealthTests : IAsyncLifetime
{
    private readonly GatewayHost _host = new(("Storage:CheckInterval", "00:00:00.100"));

    public async ValueTask InitializeAsync() => await _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Ready_says_whether_a_read_and_a_write_would_work_and_why_not_and_live_nothing_of_it()
    {
        var anybody = _host.Stranger();
        Assert.Equal(("ok", null), await StatusAsync(anybody, "ready", 200));

        _host.Log.Expect("JobTracker.Grains.Storage.Health", "the table of the check is taken away");
        await _host.QueryAsync("alter table storage_checks rename to elsewhere");
        await Until.TrueAsync(async () => (await anybody.GetAsync("/healthz/ready")).Status == 503);
        Assert.Equal(("unavailable", "The database lacks the schema of this version."), await StatusAsync(anybody, "ready", 503));
        Assert.Equal(("ok", null), await StatusAsync(anybody, "live", 200));

        await _host.QueryAsync("alter table elsewhere rename to storage_checks");
        await Until.TrueAsync(async () => (await anybody.GetAsync("/healthz/ready")).Status == 200);
    }

    private static async Task<(string Status, string? Cause)> StatusAsync(ApiClient anybody, string check, int status)
    {
        var answer = await anybody.GetAsync($"/healthz/{check}");
        Assert.Equal(status, answer.Status);
        return (answer.Text("status")!, answer.Text("cause"));
    }
}
