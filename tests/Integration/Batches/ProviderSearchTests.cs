using System.Globalization;
using JobTracker.Grains.Batches.Providers;
using Microsoft.Extensions.Time.Testing;

namespace JobTracker.Tests.Integration.Batches;

public sealed class ProviderSearchTests
{
    private static readonly DateTimeOffset Posted = new(2026, 1, 2, 3, 0, 0, TimeSpan.Zero);
    private static readonly string[] Ours = ["a", "b"];

    [Fact]
    public async Task An_openai_create_is_found_by_its_metadata_on_a_later_page()
    {
        await using var server = OpenAI(("b_3", "s-9", 20), ("b_2", null, 10), ("b_1", "s-1", 0));

        var found = Assert.IsType<FindOutcome.Found>(await FindAsync("openai", server));

        Assert.Equal("b_1", found.Batch.Id);
        Assert.Equal(["GET /v1/batches?limit=100", "GET /v1/batches?limit=100&after=b_3", "GET /v1/batches?limit=100&after=b_2"], server.Lines);
    }

    [Fact]
    public async Task A_search_ends_at_batches_older_than_the_create()
    {
        await using var server = OpenAI(("b_3", null, 20), ("b_2", null, -600), ("b_1", "s-1", -700));

        Assert.IsType<FindOutcome.Absent>(await FindAsync("openai", server));
        Assert.Equal(2, server.Calls.Count);
    }

    [Theory]
    [InlineData("anthropic", 119, false)]
    [InlineData("anthropic", 120, true)]
    [InlineData("openai", 119, false)]
    [InlineData("openai", 120, true)]
    public async Task An_absence_is_believed_only_once_lists_have_settled(string dialect, int seconds, bool believed)
    {
        await using var server = new WireServer(call => call.AnswerAsync(200, """{"data":[],"has_more":false}"""));

        Assert.Equal(believed, await FindAsync(dialect, server, TimeSpan.FromSeconds(seconds)) is FindOutcome.Absent);
    }

    [Fact]
    public async Task Two_batches_of_one_create_are_for_a_human()
    {
        await using var server = OpenAI(("b_2", "s-1", 20), ("b_1", "s-1", 0));

        Assert.Equal(["b_2", "b_1"], Assert.IsType<FindOutcome.Unclear>(await FindAsync("openai", server)).Candidates);
    }

    [Fact]
    public async Task An_anthropic_create_is_proven_by_the_custom_ids_of_its_results()
    {
        await using var server = Anthropic(("b_9", "ended", 2, 5, "x y"), ("b_8", "ended", 2, 4, "b a"), ("b_7", "ended", 3, 3, "a b c"));

        Assert.Equal("b_8", Assert.IsType<FindOutcome.Found>(await FindAsync("anthropic", server)).Batch.Id);
        Assert.DoesNotContain(server.Lines, line => line.Contains("b_7", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_anthropic_candidate_that_runs_leaves_it_unclear()
    {
        await using var server = Anthropic(("b_8", "in_progress", 2, 4, ""));

        Assert.Equal(["b_8"], Assert.IsType<FindOutcome.Unclear>(await FindAsync("anthropic", server)).Candidates);
    }

    [Theory]
    [InlineData(3, 4)]
    [InlineData(2, -301)]
    [InlineData(2, 2101)]
    public async Task A_batch_of_another_size_or_time_is_no_candidate(int items, int secondsAfter)
    {
        await using var server = Anthropic(("b_8", "ended", items, secondsAfter, "a b"));

        Assert.IsType<FindOutcome.Absent>(await FindAsync("anthropic", server));
    }

    [Fact]
    public async Task A_batch_that_is_another_of_ours_or_a_strangers_is_not_it()
    {
        await using var server = Anthropic(("taken", "ended", 2, 4, "a b"), ("b_8", "ended", 2, 4, "a z"));

        Assert.IsType<FindOutcome.Absent>(await FindAsync("anthropic", server));
    }

    [Fact]
    public async Task Two_anthropic_batches_that_fit_are_for_a_human()
    {
        await using var server = Anthropic(("b_9", "ended", 2, 5, "a b"), ("b_8", "ended", 2, 4, "b a"));

        Assert.Equal(["b_9", "b_8"], Assert.IsType<FindOutcome.Unclear>(await FindAsync("anthropic", server)).Candidates);
    }

    [Fact]
    public async Task Results_that_are_gone_prove_nothing()
    {
        await using var server = Anthropic(("b_8", "ended", 2, 4, "404"));

        Assert.Equal(["b_8"], Assert.IsType<FindOutcome.Unclear>(await FindAsync("anthropic", server)).Candidates);
    }

    private static async Task<FindOutcome> FindAsync(string dialect, WireServer server, TimeSpan? later = null)
    {
        var clock = new FakeTimeProvider(Posted + (later ?? TimeSpan.FromHours(1)));
        await using var accounts = new Accounts(clock).Add("main", dialect, server.Address);
        return await accounts["main"].FindAsync(new SubmissionTrace
        {
            SubmissionId = "s-1",
            PostedAt = Posted,
            ItemCount = 2,
            IsTaken = (id, _) => ValueTask.FromResult(id == "taken"),
            OwnsAll = (ids, _) => ValueTask.FromResult(ids.All(Ours.Contains)),
        }, default);
    }

    /// <summary>A list with a page for each batch.</summary>
    private static WireServer OpenAI(params (string Id, string? Submission, int SecondsAfter)[] batches) => new(call =>
    {
        var at = call.Line.Contains("after=", StringComparison.Ordinal) ? Array.FindIndex(batches, batch => call.Line.EndsWith(batch.Id, StringComparison.Ordinal)) + 1 : 0;
        var (id, submission, seconds) = batches[at];
        var metadata = submission is null ? "null" : $"{{\"jobtracker_submission_id\":\"{submission}\"}}";
        var more = at + 1 < batches.Length ? "true" : "false";
        return call.AnswerAsync(200,
            $"{{\"data\":[{{\"id\":\"{id}\",\"status\":\"in_progress\",\"created_at\":{Posted.AddSeconds(seconds).ToUnixTimeSeconds()},\"metadata\":{metadata}}}],\"has_more\":{more}}}");
    });

    /// <summary>One page, and results with the custom_ids that a batch is given here.</summary>
    private static WireServer Anthropic(params (string Id, string Status, int Items, int SecondsAfter, string Results)[] batches) => new(call =>
    {
        if (!call.Line.EndsWith("/results", StringComparison.Ordinal))
        {
            var list = batches.Select(batch => $"{{\"id\":\"{batch.Id}\",\"processing_status\":\"{batch.Status}\",\"request_counts\":{{\"succeeded\":{batch.Items}}},"
                + $"\"created_at\":\"{Posted.AddSeconds(batch.SecondsAfter).ToString("O", CultureInfo.InvariantCulture)}\"}}");
            return call.AnswerAsync(200, $"{{\"data\":[{string.Join(',', list)}],\"has_more\":false}}");
        }
        var results = batches.Single(batch => call.Line.Contains($"/{batch.Id}/", StringComparison.Ordinal)).Results;
        return results == "404"
            ? call.AnswerAsync(404, "{}")
            : call.AnswerAsync(200, string.Concat(results.Split(' ').Select(id => $"{{\"custom_id\":\"{id}\",\"result\":{{\"type\":\"succeeded\"}}}}\n")));
    });
}
