using System.Text;
using JobTracker.Grains.Batches.Providers;

namespace JobTracker.Tests.Integration.Batches;

/// <summary>Both directions hold a few buffers, whatever the size. Not run beside other tests, whose memory would be counted too.</summary>
[Collection(nameof(ProviderMemoryTests))]
[CollectionDefinition(nameof(ProviderMemoryTests), DisableParallelization = true)]
public sealed class ProviderMemoryTests
{
    private const int Items = 100_000;
    private const long Allowed = 16 * 1024 * 1024;
    private static readonly string Filler = new('x', 2_450);

    [Fact]
    public async Task A_result_file_of_250_MB_is_read_within_16_MB()
    {
        await using var server = new WireServer(async call =>
        {
            await call.BeginAsync();
            for (var from = 0; from < Items; from += 100)
                await call.SendAsync(string.Concat(Enumerable.Range(from, 100).Select(Line)));
        });
        var account = Accounts.Open("anthropic", server.Address);
        var batch = new ProviderBatch { Id = "b_1", Stage = ProviderStage.Ended, RawStatus = "ended" };
        var watch = new MemoryWatch();

        var (count, bytes) = (0, 0L);
        await foreach (var line in account.ReadResultsAsync(batch, new ResultFile(0, "results", "results"), 0, default))
        {
            (count, bytes) = (count + 1, bytes + line.Raw.Length);
            if (count % 5000 == 0)
                watch.Look();
        }

        Assert.Equal(Items, count);
        Assert.InRange(bytes, 250_000_000, 260_000_000);
        watch.AssertBelow(Allowed);
    }

    [Theory]
    [InlineData("anthropic")]
    [InlineData("openai")]
    public async Task A_create_of_190_MB_is_sent_within_16_MB(string dialect)
    {
        const int Count = 51_000;
        await using var server = new WireServer(async call =>
        {
            await call.ReadBodyAsync(keep: false);
            await call.AnswerAsync(200, """{"id":"b_1"}""");
        });
        var watch = new MemoryWatch();

        var outcome = await Accounts.Open(dialect, server.Address).SubmitAsync(
            new BatchSubmission
            {
                SubmissionId = "s",
                Posting = (_, _) => Task.CompletedTask,
                Endpoint = "/v1/responses",
                Items = _ => Many(Count, watch)
            }, default);

        Assert.IsType<SubmitOutcome.Created>(outcome);
        Assert.InRange(server.Calls.Max(call => call.BodyBytes), 190_000_000, 200_000_000);
        watch.AssertBelow(Allowed);
    }

    [Fact]
    public async Task A_create_above_the_providers_limit_is_cut_off_and_refused()
    {
        await using var server = new WireServer(async call => await call.ReadBodyAsync(keep: false));

        var outcome = await Accounts.Open("openai", server.Address).SubmitAsync(
            new BatchSubmission
            {
                SubmissionId = "s",
                Posting = (_, _) => Task.CompletedTask,
                Endpoint = "/v1/responses",
                Items = _ => Many(56_000, new MemoryWatch())
            }, default);

        Assert.Contains("larger", Assert.IsType<SubmitOutcome.Refused>(outcome).Error.Message, StringComparison.Ordinal);
        Assert.Equal(["POST /v1/files"], server.Lines);
    }

    private static string Line(int number) =>
        $"{{\"custom_id\":\"item-{number}\",\"result\":{{\"type\":\"succeeded\",\"message\":{{\"text\":\"{Filler}\"}}}}}}\n";

    private static async IAsyncEnumerable<SubmissionItem> Many(int count, MemoryWatch watch)
    {
        for (var number = 0; number < count; number++)
        {
            yield return new SubmissionItem($"item-{number}", Encoding.UTF8.GetBytes($"{{\"text\":\"{Filler}{Filler[..1250]}\"}}"));
            if (number % 5000 == 0)
                watch.Look();
        }
        await Task.CompletedTask;
    }

    /// <summary>
    /// The most by which the bytes in use grew, each time after a full collection: what is held, not what the collector had no reason yet
    /// to take back, which differs from machine to machine. The resident size is the benchmark's to measure, in a process of its own.
    /// </summary>
    private sealed class MemoryWatch
    {
        private readonly long _before = GC.GetTotalMemory(forceFullCollection: true);
        private long _most;

        public void Look() => _most = Math.Max(_most, GC.GetTotalMemory(forceFullCollection: true) - _before);

        public void AssertBelow(long bytes) => Assert.True(_most < bytes, $"The bytes in use grew by {_most / 1024 / 1024} MiB.");
    }
}
