using System.Text.Json;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Processes.Outages;

/// <summary>A silo that stands still for longer than the others wait, and then goes on as if nothing had been.</summary>
[Collection("processes")]
public sealed class FrozenSiloTests
{
    private const int Jobs = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task What_a_silo_remembers_from_before_it_was_declared_dead_is_told_to_nobody()
    {
        var postgres = await PostgresServer.Shared;
        var connection = postgres.ConnectionString(await postgres.CreateMigratedDatabaseAsync());
        await using var frozen = await SiloProcess.StartOnPostgresAsync(connection);
        // Before the others are there to place them on: they can be changed through those only when this one was declared dead.
        string[] jobs = [.. (await Task.WhenAll(Enumerable.Range(0, Jobs).Select(_ => frozen.Api.CreateAsync()))).Select(job => job.Id)];
        await using var one = await SiloProcess.StartOnPostgresAsync(connection);
        await using var other = await SiloProcess.StartOnPostgresAsync(connection);

        await frozen.SignalAsync("STOP");
        await Task.WhenAll(jobs.Select(id => Polling.UntilAsync(Patience, () => IsRunningAsync(one.Api, id), one.Story)));
        await frozen.SignalAsync("CONT");
        var told = await Task.WhenAll(jobs.Select(id => StatusAsync(frozen.Api, id)));

        TestContext.Current.TestOutputHelper?.WriteLine($"{told.Count(status => status is not null)} of {Jobs} were told");
        Assert.All(told, status => Assert.True(status is null or "running", status));
        Assert.NotEqual(0, await frozen.EndAsync(Patience));
    }

    private static async Task<bool> IsRunningAsync(JobApi api, string id)
    {
        using var answer = await api.PatchAsync(id, "running");
        return answer.IsSuccessStatusCode || await StatusAsync(api, id) == "running";
    }

    /// <summary>Null where it was not told.</summary>
    private static async Task<string?> StatusAsync(JobApi api, string id)
    {
        try
        {
            using var answer = await api.GetAsync($"/v1/jobs/{id}");
            if (!answer.IsSuccessStatusCode)
                return null;
            using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            return body.RootElement.GetProperty("status").GetString();
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }
}
