using System.Globalization;
using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;

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
        Assert.Equal(
            ["GET /v1/batches?limit=100", "GET /v1/batches?limit=100&after=b_3", "GET /v1/batches?limit=100&after=b_2"], server.Lines);
    }

    [Fact]
    public async Task A_search_ends_at_batches_older_than_the_create()
    {
        await using var server = OpenAI(("b_3", null, 20), ("b_2", null, -600), ("b_1", "s-1", -700));

        Assert.IsType<FindOutcome.NotListed>(await FindAsync("openai", server));
        Assert.Equal(2, server.Calls.Count);
    }

    /// <summary>An answer that is no list, one that ends too early, and one that never ends.</summary>
    [Theory]
    [InlineData("anthropic")]
    [InlineData("openai")]
    public async Task Only_a_whole_list_tells_of_an_absence(string dialect)
    {
        await using var empty = new WireServer(call => call.AnswerAsync(200, """{"data":[],"has_more":false}"""));
        await using var silent = new WireServer(call => call.AnswerAsync(200, """{"data":[]}"""));
        await using var none = new WireServer(call => call.AnswerAsync(200, """{"object":"list"}"""));
        await using var torn = new WireServer(call => call.AnswerAsync(200, """{"data":[],"has_more":true}"""));
        await using var odd = new WireServer(call => call.AnswerAsync(200, """{"data":[{"id":"a.b"}],"has_more":true}"""));
        await using var endless = new WireServer(
            call => call.AnswerAsync(200, """{"data":[{"object":"batch"}],"has_more":true,"last_id":"b_1"}"""));
        await using var full = new WireServer(
            call => call.AnswerAsync(200, $"{{\"data\":[{string.Join(',', Enumerable.Repeat("7", 100))}]}}"));

        Assert.IsType<FindOutcome.NotListed>(await FindAsync(dialect, empty));
        Assert.IsType<FindOutcome.NotListed>(await FindAsync(dialect, silent));
        await Assert.ThrowsAsync<ProviderException>(() => FindAsync(dialect, none));
        foreach (var server in (WireServer[])[torn, odd, endless, full])
            Assert.True(Assert.IsType<FindOutcome.Unclear>(await FindAsync(dialect, server)).NeedsAttention);
        Assert.Equal(2, endless.Calls.Count);
    }

    [Fact]
    public async Task A_page_goes_on_behind_its_last_entry_that_can_be_named()
    {
        await using var server = new WireServer(call => call.AnswerAsync(200, call.Line.Contains("after=b_9", StringComparison.Ordinal)
            ? """{"data":[{"id":"b_1","input_file_id":"file-1"}],"has_more":false}"""
            : """{"data":[{"id":"b_9","input_file_id":"file-9"},{"object":"batch"},{"id":"x.y"}],"has_more":true,"last_id":"x.y"}"""));

        Assert.Equal("b_1", Assert.IsType<FindOutcome.Found>(await FindAsync("openai", server)).Batch.Id);
    }

    /// <summary>What an entry of the list shows, and what it is then: ours, another's, or not to be told.</summary>
    [Theory]
    [InlineData("""{"id":"b_1","created_at":1767322810,"input_file_id":"file-1","metadata":null}""", "Found")]
    [InlineData("""{"id":"b_1","input_file_id":"file-1"}""", "Found")]
    [InlineData("""{"id":"b_1","created_at":1767322810,"input_file_id":"file-1","metadata":{"jobtracker_submission_id":"s-9"}}""", "Found")]
    [InlineData("""{"id":"b_1","created_at":1767322810,"input_file_id":"","metadata":{"jobtracker_submission_id":"s-1"}}""", "Found")]
    [InlineData("""{"id":"b_1","created_at":1767322810,"input_file_id":"file-2","metadata":{"jobtracker_submission_id":"s-1"}}""", "NotListed")]
    [InlineData("""{"id":"b_1","created_at":1767322810,"input_file_id":"file-2","metadata":null}""", "NotListed")]
    [InlineData("""{"id":"b_1","created_at":1767322810,"metadata":{"jobtracker_submission_id":"s-9"}}""", "NotListed")]
    [InlineData("""{"id":"b_1","created_at":1767322810,"metadata":null}""", "Unclear")]
    [InlineData("""{"id":"b_1","created_at":1767322810,"metadata":{"team":"x"}}""", "Unclear")]
    [InlineData("""{"id":"b_1"}""", "Unclear")]
    [InlineData("""{"id":"taken","created_at":1767322810,"metadata":null}""", "NotListed")]
    [InlineData("""{"id":"b_1","created_at":1767322499,"metadata":null}""", "NotListed")]
    [InlineData("""{"id":"b_1","created_at":1767325021,"metadata":null}""", "NotListed")]
    [InlineData("""{"id":"b.1","created_at":1767322810,"metadata":null}""", "NotListed")]
    [InlineData("""{"id":"b.1","input_file_id":"file-1"}""", "Unclear")]
    [InlineData("""{"id":"taken","input_file_id":"file-1"}""", "Unclear")]
    public async Task An_openai_batch_is_known_by_its_file_and_then_by_its_metadata(string entry, string outcome)
    {
        await using var server = new WireServer(call => call.AnswerAsync(200, $"{{\"data\":[{entry}],\"has_more\":false}}"));

        var found = await FindAsync("openai", server);

        Assert.Equal(outcome, found.GetType().Name);
        Assert.True(found is not FindOutcome.Unclear unclear || unclear.NeedsAttention);
    }

    [Theory]
    [InlineData("org-a", "b_1")]
    [InlineData("org-b")]
    public async Task A_batch_without_a_mark_that_another_lost_create_may_have_made_is_named_to_its_owner_alone(
        string organization, params string[] named)
    {
        await using var server = new WireServer(
            call => call.AnswerAsync(200, """{"data":[{"id":"b_1","created_at":1767322810,"metadata":null}],"has_more":false}"""));
        var rival = Trace with { SubmissionId = "s-2", InputId = "file-2", OrganizationId = organization };

        Assert.Equal(named, Assert.IsType<FindOutcome.Unclear>(await FindAsync("openai", server, rival)).Candidates);
        var later = rival with { PostedAt = Posted.AddHours(1), CarriedOutBy = Posted.AddHours(2) };
        Assert.Equal(["b_1"], Assert.IsType<FindOutcome.Unclear>(await FindAsync("openai", server, later)).Candidates);
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
    [InlineData(2, 2221)]
    public async Task A_batch_of_another_size_or_time_is_no_candidate(int items, int secondsAfter)
    {
        await using var server = Anthropic(("b_8", "ended", items, secondsAfter, "a b"));

        Assert.IsType<FindOutcome.NotListed>(await FindAsync("anthropic", server));
    }

    [Fact]
    public async Task A_batch_that_is_another_of_ours_or_a_strangers_is_not_it()
    {
        await using var server = Anthropic(("taken", "ended", 2, 4, "a b"), ("b_8", "ended", 2, 4, "a z"));

        Assert.IsType<FindOutcome.NotListed>(await FindAsync("anthropic", server));
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

    [Theory]
    [InlineData("org-a", "b_8")]
    [InlineData("org-b")]
    public async Task A_batch_that_another_lost_create_may_have_made_is_unclear_and_named_to_its_owner_alone(
        string organization, params string[] named)
    {
        await using var server = Anthropic(("b_8", "ended", 2, 4, "b a"));
        var rival = Trace with { SubmissionId = "s-2", OrganizationId = organization };

        var unclear = Assert.IsType<FindOutcome.Unclear>(await FindAsync("anthropic", server, rival));
        Assert.Equal(named, unclear.Candidates);
        Assert.True(unclear.NeedsAttention);

        Assert.False(
            Assert.IsType<FindOutcome.Unclear>(await FindAsync("anthropic", server, rival with { IsUnderWay = true })).NeedsAttention);
        Assert.IsType<FindOutcome.Found>(await FindAsync("anthropic", server, rival with { PostedAt = Posted.AddHours(1) }));
        Assert.IsType<FindOutcome.Found>(
            await FindAsync("anthropic", server, rival with { PostedAt = Posted.AddDays(-1), CarriedOutBy = Posted.AddHours(-1) }));
    }

    [Fact]
    public async Task A_batch_that_does_not_tell_its_size_may_be_it()
    {
        await using var server = Anthropic(("b_8", "in_progress", 0, 4, ""));

        Assert.Equal(["b_8"], Assert.IsType<FindOutcome.Unclear>(await FindAsync("anthropic", server)).Candidates);
    }

    private static SubmissionTrace Trace { get; } = new()
    {
        BatchId = BatchId.New(TimeProvider.System),
        OrganizationId = "org-a",
        SubmissionId = "s-1",
        InputId = "file-1",
        PostedAt = Posted,
        CarriedOutBy = Posted.AddMinutes(32),
        ItemCount = 2,
    };

    private static async Task<FindOutcome> FindAsync(string dialect, WireServer server, SubmissionTrace? rival = null)
    {
        await using var accounts = new Accounts().Add("main", dialect, server.Address);
        SubmissionTrace[] lost = [Trace, .. rival is null ? Array.Empty<SubmissionTrace>() : [rival]];
        return await accounts["main"].FindAsync(Trace, new AccountCreates
        {
            IsTaken = (id, _) => Task.FromResult(id == "taken"),
            Alike = (items, ids, _) =>
                Task.FromResult<IReadOnlyList<SubmissionTrace>>(items is null or 2 && (ids ?? []).All(Ours.Contains) ? lost : []),
            Unresolved = _ => lost.ToAsyncEnumerable(),
        }, default);
    }

    /// <summary>A list with a page for each batch.</summary>
    private static WireServer OpenAI(params (string Id, string? Submission, int SecondsAfter)[] batches) => new(call =>
    {
        var at = call.Line.Contains("after=", StringComparison.Ordinal)
            ? Array.FindIndex(batches, batch => call.Line.EndsWith(batch.Id, StringComparison.Ordinal)) + 1
            : 0;
        var (id, submission, seconds) = batches[at];
        var file = submission is null ? $"file-of-{id}" : "";
        var metadata = submission is null ? "null" : $"{{\"jobtracker_submission_id\":\"{submission}\"}}";
        var more = at + 1 < batches.Length ? "true" : "false";
        return call.AnswerAsync(200,
            $"{{\"data\":[{{\"id\":\"{id}\",\"status\":\"in_progress\",\"created_at\":{Posted.AddSeconds(seconds).ToUnixTimeSeconds()},"
            + $"\"input_file_id\":\"{file}\",\"metadata\":{metadata}}}],\"has_more\":{more}}}");
    });

    /// <summary>One page, and results with the custom_ids that a batch is given here.</summary>
    private static WireServer Anthropic(
        params (string Id, string Status, int Items, int SecondsAfter, string Results)[] batches) => new(call =>
    {
        if (!call.Line.EndsWith("/results", StringComparison.Ordinal))
        {
            var list = batches.Select(
                batch =>
                    $"{{\"id\":\"{batch.Id}\",\"processing_status\":\"{batch.Status}\",\"request_counts\":{{\"succeeded\":{batch.Items}}},"
                + $"\"created_at\":\"{Posted.AddSeconds(batch.SecondsAfter).ToString("O", CultureInfo.InvariantCulture)}\"}}");
            return call.AnswerAsync(200, $"{{\"data\":[{string.Join(',', list)}],\"has_more\":false}}");
        }
        var results = batches.Single(batch => call.Line.Contains($"/{batch.Id}/", StringComparison.Ordinal)).Results;
        return results == "404"
            ? call.AnswerAsync(404, "{}")
            : call.AnswerAsync(
                200, string.Concat(results.Split(' ').Select(id => $"{{\"custom_id\":\"{id}\",\"result\":{{\"type\":\"succeeded\"}}}}\n")));
    });
}
