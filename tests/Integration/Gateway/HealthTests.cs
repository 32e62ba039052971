using JobTracker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

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

    /// <summary>Whoever is told that it is ready sends requests in the same moment, and opens pages.</summary>
    [Fact]
    public async Task It_is_not_ready_before_all_of_it_has_started_and_what_comes_then_is_served()
    {
        var held = new HeldStart();
        await using var host = new GatewayHost(services => services.AddSingleton<IHostedService>(held), ("Auth:Mode", "none"));
        var start = host.InitializeAsync().AsTask();
        await held.Reached;
        var anybody = host.Stranger();
        Assert.Equal(("unavailable", "The process is starting."), await StatusAsync(anybody, "ready", 503));
        Assert.Equal(("ok", null), await StatusAsync(anybody, "live", 200));
        Assert.Equal(503, (await anybody.GetAsync("/v1/jobs")).Status);

        held.LetGo();
        await Until.TrueAsync(async () => (await anybody.GetAsync("/healthz/ready")).Status == 200);
        Assert.Equal((200, 200), ((await anybody.GetAsync("/v1/jobs")).Status, (await anybody.GetAsync("/ui/")).Status));
        await start;
    }

    private static async Task<(string Status, string? Cause)> StatusAsync(ApiClient anybody, string check, int status)
    {
        var answer = await anybody.GetAsync($"/healthz/{check}");
        Assert.Equal(status, answer.Status);
        return (answer.Text("status")!, answer.Text("cause"));
    }

    /// <summary>A part of the program whose start takes long, behind the silo's own.</summary>
    private sealed class HeldStart : IHostedLifecycleService
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>All before it has started.</summary>
        public Task Reached => _reached.Task;

        public void LetGo() => _letGo.SetResult();

        public Task StartedAsync(CancellationToken cancellationToken)
        {
            _reached.SetResult();
            return _letGo.Task;
        }

        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
