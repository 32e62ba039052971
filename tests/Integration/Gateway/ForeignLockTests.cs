using Microsoft.Data.Sqlite;

namespace JobTracker.Tests.Integration.Gateway;

/// <summary>
/// Another program that holds the embedded file: requests are answered when <c>Storage:QueueTime</c> is over, as with any outage.
/// </summary>
public sealed class ForeignLockTests
{
    private static readonly TimeSpan QueueTime = TimeSpan.FromSeconds(2);

    /// <summary>One try more may be under way when the time is over, and the machine is busy.</summary>
    private static readonly TimeSpan Longest = QueueTime + TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Writes_are_answered_503_in_time_reads_go_on_and_afterwards_all_is_well()
    {
        await using var host = new GatewayHost(("Storage:QueueTime", QueueTime.ToString("c")));
        host.Log.Expect("JobTracker.", "another program holds the file");
        await host.InitializeAsync();
        var caller = host.NewCaller();
        var job = (await caller.PostAsync("/v1/jobs", """{"status":"pending"}""")).Created();
        await using var other = new SqliteConnection($"Data Source={host.Database};Pooling=false");
        await other.OpenAsync();
        await ExecuteAsync(other, "begin immediate");

        var began = TimeProvider.System.GetTimestamp();
        var answers = await Task.WhenAll(
            caller.PostAsync("/v1/jobs", """{"status":"pending"}"""),
            caller.PatchAsync($"/v1/jobs/{job.Text("id")}", """{"status":"running"}"""),
            caller.PostAsync("/v1/jobs", """{"status":"pending"}"""));
        var took = TimeProvider.System.GetElapsedTime(began);

        Assert.Equal([503, 503, 503], answers.Select(answer => answer.Status));
        Assert.All(answers, answer => Assert.NotNull(answer.Headers.RetryAfter));
        Assert.True(took < Longest, $"{took}");
        (await caller.GetAsync("/v1/jobs")).Ok();
        await ExecuteAsync(other, "rollback");
        (await caller.PatchAsync($"/v1/jobs/{job.Text("id")}", """{"status":"running"}""")).Ok();
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
