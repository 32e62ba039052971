using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Processes;

/// <summary>kill -9 of silos while the children of groups end: each group ends once, as its children did, and tells it once.</summary>
[Collection("processes")]
public sealed class GroupCrashTests(ITestOutputHelper output)
{
    private const int Groups = 20;
    private const int Children = 50;
    private const int Together = 24;
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task While_1000_children_of_20_groups_end_and_silos_are_killed_each_group_ends_once()
    {
        await using var receiver = await TestReceiver.StartAsync();
        receiver.Answer = _ => TestAnswer.Status(204);
        var server = await PostgresServer.Shared;
        var database = server.ConnectionString(await server.CreateMigratedDatabaseAsync());
        await using var cluster = await ClusterProcesses.StartAsync(
            database, silos: 3, "--Callbacks:AllowedNetworks:0=127.0.0.0/8", "--Sweeper:Interval=00:00:00.2");
        using var http = new HttpClient { BaseAddress = cluster.Gateway.Address, Timeout = TimeSpan.FromSeconds(20) };
        var groups = new List<(string Id, List<string> Children)>();
        for (var group = 0; group < Groups; group++)
            groups.Add(await MakeAsync(http, receiver.Url()));

        var ends = groups.SelectMany((group, place) => group.Children.Select((child, number) => (child, Status: EndOf(place, number))))
            .OrderBy(_ => Random.Shared.Next()).ToList();
        var ended = 0;
        await Parallel.ForEachAsync(
            ends.Select((end, place) => (end.child, end.Status, Place: place)),
            new ParallelOptions { MaxDegreeOfParallelism = Together },
            async (end, _) =>
            {
                if (end.Place == ends.Count / 3)
                    await cluster.Silos[0].KillAsync();
                if (end.Place == 2 * ends.Count / 3)
                    await cluster.Silos[1].KillAsync();
                await EndAsync(http, end.child, end.Status, cluster.Story);
                Interlocked.Increment(ref ended);
            });

        Assert.Equal(Groups * Children, ended);
        for (var place = 0; place < Groups; place++)
        {
            var (id, wanted) = (groups[place].Id, EndOf(place));
            JsonElement seen = default;
            await Polling.UntilAsync(Recovery, async () => (seen = await ReadAsync(http, id)).GetProperty("status").GetString()
                is "completed" or "failed" or "cancelled", cluster.Story);
            Assert.Equal(wanted, seen.GetProperty("status").GetString());
            Assert.Equal((Children, Children),
                (seen.GetProperty("children").GetProperty("total").GetInt32(), CountedEnds(seen.GetProperty("children"))));
            Assert.Equal(wanted, seen.GetProperty("history").EnumerateArray().Last().GetProperty("status").GetString());
            await Polling.UntilAsync(
                Recovery, async () => (await ReadAsync(http, id)).GetProperty("callback_delivered_at").ValueKind != JsonValueKind.Null,
                cluster.Story);
        }

        var told = new List<string?>();
        while (told.Distinct().Count() < Groups)
            told.Add((await receiver.NextAsync()).Id);
        Assert.Equal(
            groups.Select((group, place) => $"msg_{group.Id}_{EndOf(place)}").Order(StringComparer.Ordinal),
            told.Distinct().Order(StringComparer.Ordinal));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{told.Count} POSTs for {Groups} groups"));
    }

    /// <summary>Every third group has a child that fails, every other third one that is cancelled.</summary>
    private static string EndOf(int group, int child) => (group % 3, child) switch
    {
        (1, 7) => "failed",
        (2, 7) => "cancelled",
        _ => "completed",
    };

    private static string EndOf(int group) => EndOf(group, 7);

    private static int CountedEnds(JsonElement children) =>
        new[] { "completed", "failed", "cancelled", "expired" }.Sum(status => children.GetProperty(status).GetInt32());

    private static async Task<(string Id, List<string> Children)> MakeAsync(HttpClient http, string callbackUrl)
    {
        var body = new { group = true, callback_url = callbackUrl, callback_events = new[] { "completed", "failed", "cancelled" } };
        var id = await CreatedAsync(await http.PostAsJsonAsync("/v1/jobs", body));
        var jobs = Enumerable.Range(0, Children).Select(_ => new { status = "running", parent_id = id }).ToArray();
        using var answer = await http.PostAsJsonAsync("/v1/jobs/bulk", new { jobs });
        var results = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("results").EnumerateArray().ToList();
        Assert.All(results, result => Assert.Equal(201, result.GetProperty("status").GetInt32()));
        using var seal = await http.PostAsync(new Uri($"/v1/jobs/{id}/seal", UriKind.Relative), content: null);
        Assert.Equal(HttpStatusCode.OK, seal.StatusCode);
        return (id, [.. results.Select(result => result.GetProperty("job").GetProperty("id").GetString()!)]);
    }

    private static async Task<string> CreatedAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        }
    }

    /// <summary>As a worker does: what is not known is asked again, until it is so.</summary>
    private static Task EndAsync(HttpClient http, string id, string status, Func<string> story) => Polling.UntilAsync(Recovery, async () =>
    {
        using var answer = await http.PatchAsJsonAsync($"/v1/jobs/{id}", new { status });
        return answer.IsSuccessStatusCode;
    }, story);

    private static async Task<JsonElement> ReadAsync(HttpClient http, string id)
    {
        using var answer = await http.GetAsync(new Uri($"/v1/jobs/{id}", UriKind.Relative));
        return answer.IsSuccessStatusCode
            ? await answer.Content.ReadFromJsonAsync<JsonElement>()
            : JsonDocument.Parse("""{"status":"unknown","callback_delivered_at":null}""").RootElement;
    }
}
