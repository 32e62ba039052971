using System.Globalization;
using System.Net;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Processes.Outages;

/// <summary>
/// PostgreSQL is away: before a silo starts, while it serves, and while it is to stop. JOBTRACKER_OUTAGE_SECONDS is how long it is at least
/// away while a silo serves; without it, for as long as the test needs.
/// </summary>
[Collection("processes")]
public sealed class DatabaseOutageTests : IAsyncLifetime
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan LeastOutage = TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable("JOBTRACKER_OUTAGE_SECONDS") ?? "0", CultureInfo.InvariantCulture));

    private PostgresServer _postgres = null!;
    private string _connection = "";

    public async ValueTask InitializeAsync()
    {
        _postgres = await PostgresServer.StartPrivateAsync();
        _connection = _postgres.ConnectionString(await _postgres.CreateDatabaseAsync());
    }

    public ValueTask DisposeAsync() => _postgres.DisposeAsync();

    [Fact]
    public async Task A_silo_started_before_its_database_waits_alive_and_unready_says_so_once_and_then_serves()
    {
        await _postgres.StopImmediateAsync();
        await using var silo = SiloProcess.LaunchOnPostgres(_connection);
        await Polling.UntilAsync(TimeSpan.FromSeconds(30), () => SaysAsync(silo, "/healthz/live", HttpStatusCode.OK, "ok"), silo.Story);
        await Polling.UntilAsync(
            TimeSpan.FromSeconds(10),
            () => SaysAsync(
                silo, "/healthz/ready", HttpStatusCode.ServiceUnavailable, "waits for its database. The database refuses connections."),
            silo.Story);
        using (var refused = await silo.Api.PostJobAsync())
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.True(silo.IsRunning, silo.Story());

        await _postgres.StartAgainAsync();
        await silo.UntilReadyAsync();
        await silo.Api.CreateAsync();
        Assert.Equal(1, silo.Story().Split("has waited for its database").Length - 1);
    }

    [Fact]
    public async Task SIGTERM_ends_a_silo_that_waits_for_its_database_as_one_that_has_nothing_to_do()
    {
        await _postgres.StopImmediateAsync();
        await using var silo = SiloProcess.LaunchOnPostgres(_connection);
        await Polling.UntilAsync(TimeSpan.FromSeconds(30), () => SaysAsync(silo, "/healthz/live", HttpStatusCode.OK, "ok"), silo.Story);

        await Measured.WithinAsync("SIGTERM while it waits", LongestStop, async () => Assert.Equal(0, await silo.StopAsync()));
    }

    [Fact]
    public async Task An_outage_is_answered_in_6_s_told_in_few_lines_over_in_3_s_and_holds_up_no_stop()
    {
        await using var staying = await SiloProcess.StartOnPostgresAsync(_connection, "--Logging:LogLevel:Default=Information");
        await using var stopped = await SiloProcess.StartOnPostgresAsync(_connection);
        var job = await staying.Api.CreateAsync();
        var later = new List<SeenJob>();
        for (var i = 0; i < 20; i++)
            later.Add(await staying.Api.CreateAsync());
        var before = staying.Lines;

        var away = TimeProvider.System.GetTimestamp();
        await _postgres.StopImmediateAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(turn => AnswerAsync(staying.Api, job.Id, turn)));
        var longest = answers.Max(answer => answer.Took);
        Assert.True(longest <= LongestAnswer, $"The longest answer took {longest}.");
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status));
        await Polling.UntilAsync(
            TimeSpan.FromSeconds(5),
            () => SaysAsync(staying, "/healthz/ready", HttpStatusCode.ServiceUnavailable, "The database refuses connections."),
            staying.Story);
        Assert.True(await SaysAsync(staying, "/healthz/live", HttpStatusCode.OK, "ok"));
        await Measured.WithinAsync("SIGTERM meanwhile", LongestStop, async () => Assert.Equal(0, await stopped.StopAsync()));
        var then = await Task.WhenAll(later.Select(one => AnswerAsync(staying.Api, one.Id, turn: 1)));
        Assert.All(then, answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status));
        Assert.InRange(then.Max(answer => answer.Took), TimeSpan.Zero, LongestAnswer);
        await AssertRefusesAsync(staying.Api, job.Id, away);

        await _postgres.StartAgainAsync();
        await Measured.WithinAsync("Recovery", Recovery, async () =>
        {
            // Those of the silo that stopped meanwhile, too: nobody could be told that it has left.
            await Task.WhenAll(later.Select(one => Polling.UntilAsync(Recovery, () => ChangesAsync(staying.Api, one.Id), staying.Story)));
            await Polling.UntilAsync(Recovery, staying.Api.IsReadyAsync, staying.Story);
        });
        await Polling.UntilAsync(
            Recovery, () => Task.FromResult(staying.Story().Contains("The storage works again, after", StringComparison.Ordinal)),
            staying.Story);
        TestContext.Current.TestOutputHelper?.WriteLine($"longest answer {longest.TotalSeconds:0.0} s, {staying.Lines - before} lines");
        Assert.True(staying.Lines - before <= 200, staying.Story());
    }

    /// <summary>For as long as the outage is to last.</summary>
    private static async Task AssertRefusesAsync(JobApi api, string id, long since)
    {
        while (TimeProvider.System.GetElapsedTime(since) < LeastOutage)
        {
            var (status, took) = await AnswerAsync(api, id, turn: 1);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
            Assert.InRange(took, TimeSpan.Zero, LongestAnswer);
        }
    }

    /// <summary>Commands of one job stand behind one another, and each of them may wait.</summary>
    private static async Task<(HttpStatusCode Status, TimeSpan Took)> AnswerAsync(JobApi api, string id, int turn)
    {
        var begun = TimeProvider.System.GetTimestamp();
        using var answer = await (turn % 2 == 0 ? api.PostJobAsync() : api.PatchAsync(id, "running"));
        return (answer.StatusCode, TimeProvider.System.GetElapsedTime(begun));
    }

    private static async Task<bool> ChangesAsync(JobApi api, string id)
    {
        using var answer = await api.PatchAsync(id, "running");
        return answer.IsSuccessStatusCode;
    }

    private static async Task<bool> SaysAsync(ServerProcess process, string path, HttpStatusCode status, string text)
    {
        try
        {
            using var answer = await process.Api.GetAsync(path);
            return answer.StatusCode == status
                && (await answer.Content.ReadAsStringAsync()).Contains(text, StringComparison.Ordinal);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
