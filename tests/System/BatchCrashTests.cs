using System.Text.Json;
using JobTracker.Tests.StandIn;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.Processes;

/// <summary>kill -9 of a silo at each point of a batch's way: it is made once at the provider, and every result is there once.</summary>
[Collection("processes")]
public sealed class BatchCrashTests : IAsyncLifetime
{
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobtracker-batches-");
    private ProviderStandIn _provider = null!;

    public async ValueTask InitializeAsync() => _provider = await ProviderStandIn.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Killed_while_it_submits_it_finds_the_batch_and_makes_no_second_one()
    {
        SeenBatch batch;
        _provider.Faults.Arm(StandInRoute.AnthropicCreate, FaultKind.HangMidBody);
        await using (var first = await StartAsync())
        {
            batch = await first.Api.CreateBatchAsync(Items(3));
            await Polling.UntilAsync(Recovery, () => Task.FromResult(_provider.Batches.All.Count > 0), first.Story);
            await first.KillAsync();
        }

        _provider.Batches[0].End();
        await using var second = await StartAsync();
        await AssertCompleteAsync(second, batch, items: 3);
    }

    [Fact]
    public async Task Killed_while_it_polls_it_polls_on()
    {
        SeenBatch batch;
        _provider.Faults.Arm(StandInRoute.AnthropicGet, FaultKind.HangMidBody);
        await using (var first = await StartAsync())
        {
            batch = await first.Api.CreateBatchAsync(Items(3));
            await _provider.Journal.WhenAsync(StandInRoute.AnthropicGet, TestContext.Current.CancellationToken);
            await first.KillAsync();
        }

        _provider.Batches[0].End();
        await using var second = await StartAsync();
        await AssertCompleteAsync(second, batch, items: 3);
    }

    [Fact]
    public async Task Killed_while_it_reads_results_it_reads_on_and_counts_none_twice()
    {
        SeenBatch batch;
        string linked;
        _provider.Faults.Arm(StandInRoute.AnthropicResults, new Fault(FaultKind.HangMidBody) { AtLine = 105 });
        await using (var first = await StartAsync())
        {
            linked = (await first.Api.CreateAsync()).Id;
            batch = await first.Api.CreateBatchAsync(Items(200, linked));
            await Polling.UntilAsync(Recovery, () => Task.FromResult(_provider.Batches.All.Count > 0), first.Story);
            _provider.Batches[0].End();
            await Polling.UntilAsync(Recovery, async () => (await first.Api.ReadBatchAsync(batch.Id)).Counts.Completed >= 100, first.Story);
            await first.KillAsync();
        }

        await using var second = await StartAsync();
        await AssertCompleteAsync(second, batch, items: 200);
        Assert.Equal("completed", (await second.Api.ReadAsync(linked)).Status);
        Assert.Equal(2, _provider.Journal.Count(StandInRoute.AnthropicResults));
    }

    /// <summary>The dead silo's lease lasts three seconds more.</summary>
    private Task<ServerProcess> StartAsync() => SiloProcess.StartEmbeddedAsync(
        Path.Combine(_folder.FullName, "jobs.db"),
        "--Batches:Providers:claude:Dialect=anthropic",
        $"--Batches:Providers:claude:BaseUrl={_provider.BaseUrl}",
        "--Batches:Providers:claude:ApiKey=sk-secret-of-claude",
        "--Batches:Lease=00:00:03",
        "--Batches:ChunkLines=10",
        "--Batches:PollerInterval=00:00:00.2",
        "--Batches:PollFirst=00:00:00.5",
        "--Batches:PollMin=00:00:00.5",
        "--Batches:PollMax=00:00:01",
        "--Batches:PollBriefMin=00:00:00.5",
        "--Batches:PollBriefMax=00:00:01",
        "--Batches:BackoffMin=00:00:00.5",
        "--Batches:BackoffMax=00:00:01");

    private static object[] Items(int count, string? linkedJob = null) =>
    [
        .. Enumerable.Range(0, count).Select(number => new
        {
            custom_id = $"i-{number:000}",
            @params = new { model = "m", max_tokens = 10, messages = new[] { new { role = "user", content = "Hello" } } },
            job_id = number == 0 ? linkedJob : null,
        }),
    ];

    private async Task AssertCompleteAsync(ServerProcess silo, SeenBatch batch, int items)
    {
        await Polling.UntilAsync(Recovery, async () => (await silo.Api.ReadBatchAsync(batch.Id)).Phase == "done", silo.Story);
        var done = await silo.Api.ReadBatchAsync(batch.Id);
        Assert.Equal(("completed", new SeenBatchCounts(items, 0, items)), (done.Status, done.Counts));
        Assert.Equal("completed", (await silo.Api.ReadAsync(done.JobId)).Status);
        var results = await silo.Api.ReadResultsAsync(batch.Id);
        Assert.Equal(
            items, results.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("custom_id").GetString()).Distinct().Count());
        Assert.Equal((items, 1, 1), (results.Length, _provider.Journal.Creates, _provider.Batches.All.Count));
    }
}
