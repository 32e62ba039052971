using JobTracker.Keys;

namespace JobTracker.Tests.Processes.Memory;

/// <summary>What crowds of callers of one organization take of a process's memory.</summary>
[Collection("processes")]
public sealed class CrowdMemoryTests(ITestOutputHelper output) : IDisposable
{
    private const int Crowd = 2_000;
    private const int Allowed = 1_000;
    private const int LargeBodies = 40;
    private const int BulkBytes = 16 << 20;
    private const int SlowUploads = 500;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobtracker-memory-");
    private readonly string _key = ApiKey.New().Text;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Of_two_thousand_streams_and_two_thousand_waits_a_thousand_each_are_held_in_150_MiB()
    {
        await using var silo = await StartAsync();
        using var api = new JobApi(silo.Address, _key);
        var job = await api.CreateAsync();

        await AssertModestAsync(silo, 150, "2,000 streams and 2,000 waits", async () =>
        {
            var streams = await AskAsync(silo, Crowd, $"GET /v1/jobs/{job.Id}/events HTTP/1.1");
            Assert.Equal([(200, Allowed), (429, Crowd - Allowed)], Counted(await StatusesAsync(streams)));
            var waits = await AskAsync(silo, Crowd, $"GET /v1/jobs/{job.Id}?wait=60&until=terminal HTTP/1.1");
            var answers = waits.Select(wait => wait.StatusAsync()).ToArray();
            await Task.WhenAll(await FirstAsync(answers, Crowd - Allowed));

            await api.MoveAsync(job.Id, "cancelled");

            Assert.Equal([(200, Allowed), (429, Crowd - Allowed)], Counted(await Task.WhenAll(answers)));
            Array.ForEach([.. streams, .. waits], member => member.Dispose());
        });
    }

    [Fact]
    public async Task Forty_of_the_largest_bodies_at_once_are_held_in_600_MiB_and_the_rest_is_turned_away()
    {
        await using var silo = await StartAsync("--Limits:ListWait=00:00:00");
        var body = new byte[BulkBytes];
        body.AsSpan().Fill((byte)'x');
        "{\"x\":\""u8.CopyTo(body);
        "\"}"u8.CopyTo(body.AsSpan(BulkBytes - 2));

        await AssertModestAsync(silo, 600, "40 bodies of 16 MiB", async () =>
        {
            var senders = await AskAsync(silo, LargeBodies, Bulk);
            // All of them but their last byte: so long each is held.
            await Task.WhenAll(
                senders.Select(sender => Task.WhenAny(sender.SendAsync(body.AsMemory(0, BulkBytes - 1), default), sender.StatusAsync())));
            Array.ForEach(senders, sender => sender.Dispose());
        });
    }

    [Fact]
    public async Task Five_hundred_uploads_of_a_byte_a_second_are_held_in_100_MiB_until_they_are_cut_off()
    {
        await using var silo = await StartAsync();
        var begin = new byte[1 << 10];

        await AssertModestAsync(silo, 100, "500 slow uploads", async () =>
        {
            var senders = await AskAsync(silo, SlowUploads, Bulk);
            var answers = StatusesAsync(senders);
            await Task.WhenAll(senders.Select(async sender =>
            {
                await sender.SendAsync(begin, default);
                await sender.TrickleAsync(answers);
            }));

            Assert.DoesNotContain(await answers, status => status is not (408 or 0));
            Array.ForEach(senders, sender => sender.Dispose());
        });
    }

    private static string Bulk => FormattableString.Invariant(
        $"POST /v1/jobs/bulk HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: {BulkBytes}");

    private Task<ServerProcess> StartAsync(params string[] settings) => SiloProcess.StartEmbeddedAsync(
        Path.Combine(_folder.FullName, "jobs.db"),
        ["--Auth:Mode=keys", $"--Auth:BootstrapKey={_key}", "--Limits:RequestsPerSecond=100000", "--Limits:Burst=100000", .. settings]);

    private Task<CrowdMember[]> AskAsync(ServerProcess silo, int count, string head) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => CrowdMember.AskAsync(silo.Address, head, _key)));

    private static Task<int[]> StatusesAsync(CrowdMember[] members) => Task.WhenAll(members.Select(member => member.StatusAsync()));

    private static (int Status, int Count)[] Counted(int[] statuses) =>
        [.. statuses.CountBy(status => status).Select(count => (count.Key, count.Value)).Order()];

    private static async Task<List<Task>> FirstAsync(Task<int>[] answers, int count)
    {
        List<Task> first = [];
        await foreach (var answer in Task.WhenEach(answers))
        {
            first.Add(answer);
            if (first.Count == count)
                break;
        }

        return first;
    }

    private async Task AssertModestAsync(ServerProcess silo, double most, string who, Func<Task> work)
    {
        var growth = await silo.Memory.GrowthDuringAsync(work);
        output.WriteLine($"{who}: {growth:F0} MiB over idle");
        Assert.True(growth <= most, $"{who} took {growth:F0} MiB over idle.");
        Assert.True(silo.Complaints.Length == 0, silo.Complaints);
    }
}
