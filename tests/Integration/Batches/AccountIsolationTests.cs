using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;
using Microsoft.Extensions.Time.Testing;

namespace JobTracker.Tests.Integration.Batches;

public sealed class AccountIsolationTests
{
    private const string Running = """{"id":"b_1","processing_status":"in_progress"}""";

    [Fact]
    public async Task A_failing_account_is_cut_off_and_comes_back_while_others_never_notice()
    {
        var up = false;
        await using var bad = new WireServer(call => call.AnswerAsync(Volatile.Read(ref up) ? 200 : 529, Running));
        await using var good = new WireServer(call => call.AnswerAsync(200, Running));
        var clock = new FakeTimeProvider();
        await using var accounts = new Accounts(clock)
            .Add("bad", "anthropic", bad.Address, ("CircuitMinimumCalls", "4"), ("CircuitBreak", "00:00:30"))
            .Add("good", "anthropic", good.Address);

        for (var call = 0; call < 4; call++)
            Assert.Equal(ProviderErrorClass.Transient, (await FailureAsync(accounts["bad"])).Class);
        var cutOff = await FailureAsync(accounts["bad"]);

        Assert.Equal(
            (ProviderErrorClass.NotAttempted, false, TimeSpan.FromSeconds(30)), (cutOff.Class, cutOff.MayHaveActed, cutOff.RetryAfter));
        Assert.Equal(4, bad.Calls.Count);
        await accounts["good"].GetAsync("b_1", default);

        Volatile.Write(ref up, true);
        clock.Advance(TimeSpan.FromSeconds(31));
        await accounts["bad"].GetAsync("b_1", default);
    }

    [Fact]
    public async Task A_wrong_key_opens_no_circuit()
    {
        await using var server = new WireServer(call => call.AnswerAsync(401, "{}"));
        await using var accounts = new Accounts().Add("main", "anthropic", server.Address, ("CircuitMinimumCalls", "2"));

        for (var call = 0; call < 6; call++)
            Assert.Equal(ProviderErrorClass.NeedsAttention, (await FailureAsync(accounts["main"])).Class);

        Assert.Equal(6, server.Calls.Count);
    }

    [Fact]
    public async Task An_empty_bucket_holds_back_its_own_account_alone()
    {
        await using var server = new WireServer(call => call.AnswerAsync(200, Running));
        await using var accounts = new Accounts()
            .Add("small", "anthropic", server.Address, ("RequestBurst", "1"), ("RequestsPerSecond", "1"), ("RequestQueue", "0"))
            .Add("other", "anthropic", server.Address);

        await accounts["small"].GetAsync("b_1", default);
        var heldBack = await FailureAsync(accounts["small"]);
        await accounts["other"].GetAsync("b_1", default);

        Assert.Equal((ProviderErrorClass.NotAttempted, false), (heldBack.Class, heldBack.MayHaveActed));
        Assert.Equal(2, server.Calls.Count);
    }

    [Fact]
    public async Task A_create_that_is_held_back_created_nothing()
    {
        await using var server = new WireServer(call => call.AnswerAsync(200, Running));
        await using var accounts = new Accounts()
            .Add("main", "anthropic", server.Address, ("RequestBurst", "1"), ("RequestsPerSecond", "1"), ("RequestQueue", "0"));
        await accounts["main"].GetAsync("b_1", default);

        var outcome = await accounts["main"]
            .SubmitAsync(
                new BatchSubmission
                {
                    SubmissionId = "s",
                    Posting = (_, _) => Task.CompletedTask,
                    Items = _ => AsyncEnumerable.Empty<SubmissionItem>()
                }, default);

        Assert.Equal(ProviderErrorClass.NotAttempted, Assert.IsType<SubmitOutcome.NotCreated>(outcome).Error.Class);
        Assert.Single(server.Calls);
    }

    private static async Task<ProviderError> FailureAsync(IBatchProvider account) =>
        (await Assert.ThrowsAsync<ProviderException>(() => account.GetAsync("b_1", default))).Error;
}
