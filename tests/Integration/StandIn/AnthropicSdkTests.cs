using Anthropic;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using Anthropic.Models.Messages.Batches;
using JobTracker.Tests.StandIn;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Wire;
using Request = Anthropic.Models.Messages.Batches.Request;

namespace JobTracker.Tests.Integration.StandIn;

/// <summary>Anthropic's own SDK, validating every answer, speaks with the stand-in.</summary>
public sealed class AnthropicSdkTests
{
    [Fact]
    public async Task The_sdk_creates_a_batch_follows_it_and_reads_every_kind_of_result()
    {
        await using var standIn = await ProviderStandIn.StartAsync();
        using var client = Client(standIn);

        var created = await client.Messages.Batches.Create(Requests("a", "b", "c", "d"));
        Assert.Equal(ProcessingStatus.InProgress, created.ProcessingStatus.Value());
        Assert.Equal((4, 0), (created.RequestCounts.Processing, created.RequestCounts.Succeeded));

        var batch = standIn.Batches[created.ID];
        batch.Decide("b", ItemOutcome.Fails());
        batch.Decide("c", ItemOutcome.Cancels);
        batch.Decide("d", ItemOutcome.Expires);
        batch.End();
        var ended = await client.Messages.Batches.Retrieve(created.ID);
        Assert.Equal(ProcessingStatus.Ended, ended.ProcessingStatus.Value());
        Assert.Equal(
            (1, 1, 1, 1, 0), (ended.RequestCounts.Succeeded, ended.RequestCounts.Errored, ended.RequestCounts.Canceled,
                ended.RequestCounts.Expired, ended.RequestCounts.Processing));

        Dictionary<string, MessageBatchResult> results = [];
        await foreach (var line in client.Messages.Batches.ResultsStreaming(created.ID))
            results.Add(line.CustomID, line.Result);
        Assert.True(results["a"].TryPickSucceeded(out var succeeded));
        Assert.Equal("claude-test", succeeded.Message.Model.Raw());
        Assert.True(results["b"].TryPickErrored(out var errored));
        Assert.True(errored.Error.Error.TryPickInvalidRequestError(out _));
        Assert.True(results["c"].TryPickCanceled(out _));
        Assert.True(results["d"].TryPickExpired(out _));
        Assert.DoesNotContain(standIn.Journal.Entries, entry => entry.Elsewhere);
        // The SDK sends the key as a bearer token; the product's x-api-key is as good, and the journal tells them apart.
        Assert.All(standIn.Journal.Entries, entry => Assert.Equal(("authorization", "key-1"), (entry.KeyHeader, entry.ApiKey)));
    }

    [Fact]
    public async Task The_sdk_pages_through_the_list_newest_first()
    {
        await using var standIn = await ProviderStandIn.StartAsync();
        using var client = Client(standIn);
        foreach (var id in new[] { "a", "b", "c" })
            await client.Messages.Batches.Create(Requests(id));

        List<string> seen = [];
        var page = await client.Messages.Batches.List(new BatchListParams { Limit = 2 });
        seen.AddRange(page.Items.Select(batch => batch.ID));
        while (page.HasNext())
        {
            page = await page.Next();
            seen.AddRange(page.Items.Select(batch => batch.ID));
        }

        Assert.Equal(standIn.Batches.All.Reverse().Select(batch => batch.Id), seen);
        Assert.Equal(2, standIn.Journal.Count(StandInRoute.AnthropicList));
    }

    [Fact]
    public async Task The_sdk_cancels_and_deletes()
    {
        await using var standIn = await ProviderStandIn.StartAsync();
        using var client = Client(standIn);
        var created = await client.Messages.Batches.Create(Requests("a"));

        var canceling = await client.Messages.Batches.Cancel(created.ID);
        Assert.Equal(ProcessingStatus.Canceling, canceling.ProcessingStatus.Value());
        Assert.NotNull(canceling.CancelInitiatedAt);
        Assert.Equal(1, (await client.Messages.Batches.Retrieve(created.ID)).RequestCounts.Canceled);

        Assert.Equal(created.ID, (await client.Messages.Batches.Delete(created.ID)).ID);
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => client.Messages.Batches.Retrieve(created.ID));
    }

    [Fact]
    public async Task The_sdk_reads_an_error_as_the_error_it_is()
    {
        await using var standIn = await ProviderStandIn.StartAsync();
        using var client = Client(standIn);
        await Assert.ThrowsAsync<AnthropicBadRequestException>(() => client.Messages.Batches.Create(Requests("not allowed!")));
        standIn.Faults.Arm(StandInRoute.AnthropicList, FaultKind.Unauthorized);
        await Assert.ThrowsAsync<AnthropicUnauthorizedException>(() => client.Messages.Batches.List());
    }

    [Fact]
    public async Task The_sdk_sends_a_create_again_after_a_lost_answer_and_so_makes_two_batches()
    {
        await using var standIn = await ProviderStandIn.StartAsync();
        using var client = Client(standIn);
        standIn.Faults.Arm(StandInRoute.AnthropicCreate, FaultKind.LostAnswer);
        await client.Messages.Batches.Create(Requests("a"));
        Assert.Equal((2, 2), (standIn.Journal.Creates, standIn.Batches.All.Count));
    }

    private static AnthropicClient Client(ProviderStandIn standIn) => new()
    {
        ApiKey = "key-1",
        BaseUrl = standIn.BaseUrl.ToString().TrimEnd('/'),
        ResponseValidation = true,
    };

    private static BatchCreateParams Requests(params string[] customIds) => new()
    {
        Requests = [.. customIds.Select(id => new Request
        {
            CustomID = id,
            Params = new Params { MaxTokens = 10, Model = "claude-test", Messages = [new UserMessageParam { Content = "Hello" }] },
        })],
    };
}
