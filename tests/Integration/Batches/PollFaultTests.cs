using JobTracker.Batches;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.Integration.Batches;

/// <summary>
/// Every fault of the stand-in in the answer to a poll or a cancel, and the state that must follow. None changes the status.
/// </summary>
public sealed class PollFaultTests(BatchClusterFixture fixture) : IClassFixture<BatchClusterFixture>
{
    private BatchCluster Cluster => fixture.Cluster;

    /// <summary>
    /// What a poll is answered, whether it counts as a failure, and how long the next one waits at least and at most, in seconds.
    /// </summary>
    /// <remarks>
    /// Without the 429 until a date: it is read by the server's own Date, which
    /// is real time and not the clock of these tests (ProviderCallTests has it).
    /// </remarks>
    public static TheoryData<FaultKind, bool, int, int> Faults => new()
    {
        { FaultKind.TooManyRequests, true, 7, 7 },
        { FaultKind.TooManyRequestsUnexplained, true, 5, 10 },
        { FaultKind.InternalError, true, 5, 10 },
        { FaultKind.Overloaded, true, 5, 10 },
        { FaultKind.HtmlBadGateway, true, 5, 10 },
        { FaultKind.NotFound, true, 5, 10 },
        { FaultKind.Unauthorized, true, 900, 900 },
        { FaultKind.SlowHeaders, true, 5, 10 },
        { FaultKind.HangMidBody, true, 5, 10 },
        { FaultKind.ResetMidLine, true, 5, 10 },
        { FaultKind.EndMidLine, true, 5, 10 },
        { FaultKind.LostAnswer, true, 5, 10 },
        { FaultKind.Gzip, false, 20, 45 },
        { FaultKind.UnknownBatchStatus, false, 20, 45 },
        { FaultKind.UppercaseStatus, false, 20, 45 },
        { FaultKind.ExtraFields, false, 20, 45 },
        { FaultKind.MissingFields, false, 20, 45 },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_poll_that_goes_wrong_keeps_the_status_and_is_made_again_in_its_time(
        FaultKind kind, bool isFailure, int atLeast, int atMost)
    {
        foreach (var (provider, route) in new[] { (BatchCluster.Anthropic, StandInRoute.AnthropicGet),
            (BatchCluster.OpenAi, StandInRoute.OpenAiGet) })
        {
            var running = await RunningAsync(provider);
            Cluster.StandIn.Faults.Arm(route, new Fault(kind) { RetryAfter = TimeSpan.FromSeconds(7) }, about: running.ProviderBatchId);
            Cluster.Clock.Advance(running.NextPollAt!.Value - Cluster.Clock.GetUtcNow() + TimeSpan.FromMilliseconds(1));

            var after = await Cluster.WakeAsync(running.Id);

            Assert.Empty(Cluster.StandIn.Faults.Armed);
            Assert.Equal(running.Status, after.Status);
            Assert.Equal(isFailure ? 1 : 0, after.ConsecutiveFailures);
            Assert.Equal(isFailure, after.LastPollError is not null);
            Assert.Equal(kind is FaultKind.Unauthorized, after.NeedsAttention);
            Assert.InRange((after.NextPollAt!.Value - after.LastAttemptAt!.Value).TotalSeconds, atLeast - 0.1, atMost + 0.1);
            Assert.Equal(kind is FaultKind.UnknownBatchStatus
                ? "hibernating"
                : running.RawStatus, after.RawStatus, ignoreCase: kind is FaultKind.UppercaseStatus);

            var well = await Cluster.UntilAsync(
                running.Id, batch => batch.LastSuccessAt > after.LastAttemptAt && batch.LastPollError is null);
            Assert.Equal((0, false), (well.ConsecutiveFailures, well.NeedsAttention));
            Cluster.StandIn.Batches[running.ProviderBatchId!].End();
            Assert.Equal(BatchStatus.Completed, (await Cluster.UntilDoneAsync(running.Id)).Status);
        }
    }

    [Theory]
    [InlineData(FaultKind.NotFound)]
    [InlineData(FaultKind.MethodNotAllowed)]
    [InlineData(FaultKind.Forbidden)]
    [InlineData(FaultKind.Unauthorized)]
    [InlineData(FaultKind.Conflict)]
    [InlineData(FaultKind.InternalError)]
    [InlineData(FaultKind.TooManyRequests)]
    [InlineData(FaultKind.LostAnswer)]
    public async Task Polling_goes_on_whatever_the_cancel_is_answered(FaultKind kind)
    {
        foreach (var (provider, route) in new[] { (BatchCluster.Anthropic, StandInRoute.AnthropicCancel),
            (BatchCluster.OpenAi, StandInRoute.OpenAiCancel) })
        {
            var running = await RunningAsync(provider);
            Cluster.StandIn.Faults.Arm(
                route, kind is FaultKind.LostAnswer ? FaultKind.SlowHeaders : kind, int.MaxValue, about: running.ProviderBatchId);
            BatchCluster.Accepted(await Cluster.Batch(running.Id).CancelAsync(Cluster.Alice));

            var refused = await Cluster.UntilAsync(
                running.Id, batch => batch.NeedsAttention && batch.LastSuccessAt > running.LastSuccessAt);
            Assert.StartsWith("The cancel is not taken", refused.LastPollError, StringComparison.Ordinal);
            Assert.Equal((BatchStatus.Running, BatchPhase.Polling, 0), (refused.Status, refused.Phase, refused.ConsecutiveFailures));
            Cluster.StandIn.Batches[running.ProviderBatchId!].End();
            var done = await Cluster.UntilDoneAsync(running.Id);
            Cluster.StandIn.Faults.Clear();

            Assert.Equal((BatchStatus.Completed, 2, null, false),
                (done.Status, (int)done.Counts.Completed, done.LastPollError, done.NeedsAttention));
        }
    }

    [Fact]
    public async Task A_status_in_capitals_ends_a_batch()
    {
        foreach (var (provider, route) in new[] { (BatchCluster.Anthropic, StandInRoute.AnthropicGet),
            (BatchCluster.OpenAi, StandInRoute.OpenAiGet) })
        {
            var running = await RunningAsync(provider);
            Cluster.StandIn.Faults.Arm(route, FaultKind.UppercaseStatus, int.MaxValue, about: running.ProviderBatchId);
            Cluster.StandIn.Batches[running.ProviderBatchId!].End();

            Assert.Equal(BatchStatus.Completed, (await Cluster.UntilDoneAsync(running.Id)).Status);
            Cluster.StandIn.Faults.Clear();
        }
    }

    [Fact]
    public async Task A_status_that_stays_unknown_needs_attention_until_it_is_known_again()
    {
        var running = await RunningAsync(BatchCluster.OpenAi);
        Cluster.StandIn.Faults.Arm(StandInRoute.OpenAiGet, FaultKind.UnknownBatchStatus, int.MaxValue, about: running.ProviderBatchId);

        var odd = await Cluster.UntilAsync(running.Id, batch => batch.NeedsAttention);
        Assert.Equal(("The provider shows a status that is not known here: 'hibernating'.", BatchStatus.Running, 0),
            (odd.LastPollError, odd.Status, odd.ConsecutiveFailures));
        Cluster.StandIn.Faults.Clear();
        var well = await Cluster.UntilAsync(running.Id, batch => batch.RawStatus == "in_progress");
        Assert.Equal((null, false), (well.LastPollError, well.NeedsAttention));
    }

    [Theory]
    [InlineData(FaultKind.InternalError)]
    [InlineData(FaultKind.TooManyRequests)]
    [InlineData(FaultKind.LostAnswer)]
    [InlineData(FaultKind.NotFound)]
    public async Task A_cancel_that_goes_wrong_is_made_again(FaultKind kind)
    {
        var running = await RunningAsync(BatchCluster.Anthropic);
        Cluster.StandIn.Faults.Arm(StandInRoute.AnthropicCancel, kind, about: running.ProviderBatchId);

        BatchCluster.Accepted(await Cluster.Batch(running.Id).CancelAsync(Cluster.Alice));
        var done = await Cluster.UntilDoneAsync(running.Id);

        Assert.Equal((BatchStatus.Cancelled, 2), (done.Status, (int)done.Counts.Cancelled));
    }

    [Fact]
    public async Task A_batch_that_is_not_found_five_times_over_ten_minutes_is_gone()
    {
        var running = await RunningAsync(BatchCluster.Anthropic);
        Cluster.StandIn.Faults.Arm(StandInRoute.AnthropicGet, FaultKind.NotFound, int.MaxValue, about: running.ProviderBatchId);

        var done = await Cluster.UntilDoneAsync(running.Id);
        Cluster.StandIn.Faults.Clear();

        Assert.Equal((BatchStatus.Failed, 2), (done.Status, (int)done.Counts.Failed));
        Assert.True(done.CompletedAt - running.LastAttemptAt >= TimeSpan.FromMinutes(10));
        Assert.All(await Cluster.ItemsAsync(done.Id), item => Assert.Equal("missing_result", item.Error!.Type));
    }

    [Fact]
    public async Task A_refresh_polls_now()
    {
        var running = await RunningAsync(BatchCluster.Anthropic);
        Cluster.StandIn.Batches[running.ProviderBatchId!].End();

        var refreshed = BatchCluster.Accepted(await Cluster.Batch(running.Id).RefreshAsync(Cluster.Alice));

        Assert.Equal((BatchStatus.Completed, BatchPhase.Done), (refreshed.Status, refreshed.Phase));
        Assert.IsType<BatchOutcome.AlreadyDone>(await Cluster.Batch(running.Id).RefreshAsync(Cluster.Alice));
    }

    private async Task<BatchSnapshot> RunningAsync(string provider)
    {
        var batch = await Cluster.SubmitAsync(provider, "a", "b");
        var polling = await Cluster.UntilPollingAsync(batch.Id);
        Cluster.StandIn.Batches[polling.ProviderBatchId!].Start();
        return await Cluster.UntilAsync(
            batch.Id, running => running is { Status: BatchStatus.Running, RawStatus: "in_progress", LastPollError: null });
    }
}
