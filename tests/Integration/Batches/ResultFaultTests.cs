using JobTracker.Batches;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.Integration.Batches;

/// <summary>Every fault of the stand-in in a result file, and what must come of it.</summary>
public sealed class ResultFaultTests(BatchClusterFixture fixture) : IClassFixture<BatchClusterFixture>
{
    private static readonly string[] Ids = ["a", "b", "c", "d", "e"];

    private BatchCluster Cluster => fixture.Cluster;

    /// <summary>
    /// A fault of the first reading alone: how many of five items complete, how
    /// often the results are read, how many lines are set aside and contradict.
    /// </summary>
    public static TheoryData<FaultKind, int, int, int, int> Once => new()
    {
        { FaultKind.TooManyRequests, 5, 2, 0, 0 },
        { FaultKind.InternalError, 5, 2, 0, 0 },
        { FaultKind.Overloaded, 5, 2, 0, 0 },
        { FaultKind.HtmlBadGateway, 5, 2, 0, 0 },
        { FaultKind.NotFound, 5, 2, 0, 0 },
        { FaultKind.Unauthorized, 5, 2, 0, 0 },
        { FaultKind.SlowHeaders, 5, 2, 0, 0 },
        { FaultKind.LostAnswer, 5, 2, 0, 0 },
        { FaultKind.HangMidBody, 5, 2, 0, 0 },
        { FaultKind.ResetMidLine, 5, 2, 0, 0 },
        { FaultKind.HtmlPage, 5, 2, 0, 0 },
        { FaultKind.EmptyBody, 5, 2, 0, 0 },
        { FaultKind.EndMidLine, 5, 2, 0, 0 },
        { FaultKind.EndOnLineBoundary, 5, 2, 0, 0 },
        { FaultKind.BadLine, 5, 2, 0, 0 },
        { FaultKind.NoCustomId, 5, 2, 0, 0 },
        { FaultKind.MissingLine, 5, 2, 0, 0 },
        { FaultKind.DuplicateLine, 5, 1, 0, 0 },
        { FaultKind.ConflictingLine, 5, 1, 0, 1 },
        { FaultKind.UnknownCustomId, 5, 1, 1, 0 },
        { FaultKind.HugeLine, 5, 1, 0, 0 },
        { FaultKind.ByteOrderMark, 5, 1, 0, 0 },
        { FaultKind.CarriageReturns, 5, 1, 0, 0 },
        { FaultKind.Gzip, 5, 1, 0, 0 },
        { FaultKind.ExtraFields, 5, 1, 0, 0 },
        { FaultKind.UnknownResultType, 4, 1, 0, 0 },
        { FaultKind.MissingFields, 4, 1, 0, 0 },
    };

    /// <summary>A fault of every reading: what is missing in the end, and of which kind the error of such items is.</summary>
    public static TheoryData<FaultKind, int, string> Always => new()
    {
        { FaultKind.HtmlPage, 0, "missing_result" },
        { FaultKind.EmptyBody, 0, "missing_result" },
        { FaultKind.NotFound, 0, "missing_result" },
        { FaultKind.EndMidLine, 1, "missing_result" },
        { FaultKind.EndOnLineBoundary, 1, "missing_result" },
        { FaultKind.BadLine, 4, "missing_result" },
        { FaultKind.NoCustomId, 4, "missing_result" },
        { FaultKind.MissingLine, 4, "missing_result" },
    };

    [Theory]
    [MemberData(nameof(Once))]
    public async Task A_result_file_that_is_odd_once_loses_nothing(FaultKind kind, int completed, int readings, int aside, int conflicts)
    {
        foreach (var (provider, route) in Routes)
        {
            var before = Cluster.StandIn.Journal.Count(route);
            var running = await EndedAsync(provider);
            Cluster.StandIn.Faults.Arm(route, kind);
            var done = await Cluster.UntilDoneAsync(running.Id);

            Assert.Empty(Cluster.StandIn.Faults.Armed);
            Assert.Equal((BatchStatus.Completed, new BatchCounts(5, 0, completed, 5 - completed, 0, 0)), (done.Status, done.Counts));
            Assert.Equal(readings, Cluster.StandIn.Journal.Count(route) - before);
            var stored = (await Cluster.Store.ReadAsync(done.Id, default))!;
            Assert.Equal((aside, conflicts), ((int)stored.Quarantined, (int)stored.Attempt.Conflicts));
            Assert.All((await Cluster.ItemsAsync(done.Id))
                .Where(item => item.Status is ItemStatus.Failed), item => Assert.Equal("unrecognized", item.Error!.Type));
        }
    }

    [Theory]
    [MemberData(nameof(Always))]
    public async Task A_result_file_that_is_odd_every_time_is_read_for_an_hour_and_then_believed(
        FaultKind kind, int completed, string error)
    {
        foreach (var (provider, route) in Routes)
        {
            var before = Cluster.StandIn.Journal.Count(route);
            var running = await EndedAsync(provider);
            Cluster.StandIn.Faults.Arm(route, kind, int.MaxValue);
            var done = await Cluster.UntilDoneAsync(running.Id);
            Cluster.StandIn.Faults.Clear();

            Assert.Equal(
                (completed > 0 ? BatchStatus.Completed : BatchStatus.Failed, new BatchCounts(5, 0, completed, 5 - completed, 0, 0)),
                (done.Status, done.Counts));
            Assert.InRange(Cluster.StandIn.Journal.Count(route) - before, 10, 25);
            Assert.InRange((done.CompletedAt - done.EndedAt)!.Value.TotalMinutes, 60, 70);
            Assert.NotNull(done.LastPollError);
            Assert.All((await Cluster.ItemsAsync(done.Id)).Where(item => item.Status is ItemStatus.Failed),
                item => Assert.Equal((error, true), (item.Error!.Type, item.Error.Retryable)));
        }
    }

    [Theory]
    [InlineData(FaultKind.NoFileIds, 1)]
    [InlineData(FaultKind.NoFileIds, 3)]
    [InlineData(FaultKind.NoOutputFileId, 2)]
    [InlineData(FaultKind.NoErrorFileId, 1)]
    public async Task Files_that_are_named_some_answers_after_the_end_are_read(FaultKind kind, int answers)
    {
        foreach (var end in Enum.GetValues<BatchEnding>().Except([BatchEnding.Failed]))
        {
            var polling = await AtProviderAsync();
            var there = Cluster.StandIn.Batches[polling.ProviderBatchId!];
            there.OmitsUnfinished = true;
            there.FinishFirst(4);
            there.Decide("b", ItemOutcome.Fails());
            Cluster.StandIn.Faults.Arm(StandInRoute.OpenAiGet, kind, answers);
            End(there, end);
            var done = await Cluster.UntilDoneAsync(polling.Id);

            Assert.Empty(Cluster.StandIn.Faults.Armed);
            Assert.Equal((end is BatchEnding.Completed ? 4 : 3, 1), ((int)done.Counts.Completed, (int)done.Counts.Failed));
            Assert.Null(done.LastPollError);
        }
    }

    [Theory]
    [InlineData("file-output-", 0, 1, "output file")]
    [InlineData("file-error-", 4, 0, "error file")]
    public async Task A_missing_file_hides_no_other_and_is_named(string missing, int completed, int failed, string name)
    {
        var polling = await AtProviderAsync();
        var there = Cluster.StandIn.Batches[polling.ProviderBatchId!];
        there.Decide("b", ItemOutcome.Fails());
        Cluster.StandIn.Faults.Arm(StandInRoute.OpenAiContent, FaultKind.NotFound, int.MaxValue, about: missing + there.Id);
        there.End();
        var soon = await Cluster.UntilAsync(polling.Id, batch => batch.Counts.Pending < 5);
        var done = await Cluster.UntilDoneAsync(polling.Id);
        Cluster.StandIn.Faults.Clear();

        Assert.Equal((completed, failed), ((int)soon.Counts.Completed, (int)soon.Counts.Failed));
        Assert.Contains($"The {name} {missing}{there.Id} cannot be read", done.LastPollError, StringComparison.Ordinal);
        var lost = (await Cluster.ItemsAsync(done.Id)).First(item => item.Error?.Type == "missing_result");
        Assert.Contains(name, lost.Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FaultKind.EndMidLine)]
    [InlineData(FaultKind.EndOnLineBoundary)]
    public async Task A_cut_file_of_a_batch_that_was_stopped_is_read_again(FaultKind kind)
    {
        foreach (var end in new[] { BatchEnding.Canceled, BatchEnding.Expired })
        {
            var polling = await AtProviderAsync();
            var there = Cluster.StandIn.Batches[polling.ProviderBatchId!];
            there.OmitsUnfinished = true;
            there.FinishFirst(4);
            Cluster.StandIn.Faults.Arm(StandInRoute.OpenAiContent, kind);
            End(there, end);

            Assert.Equal(4, (await Cluster.UntilDoneAsync(polling.Id)).Counts.Completed);
        }
    }

    [Fact]
    public async Task Openai_items_without_a_line_end_as_their_batch_did()
    {
        var batch = await Cluster.SubmitAsync(BatchCluster.OpenAi, Ids);
        var polling = await Cluster.UntilPollingAsync(batch.Id);
        var there = Cluster.StandIn.Batches[polling.ProviderBatchId!];
        (there.OmitsUnfinished, there.AbsentFilesAreEmptyStrings) = (true, true);
        there.Start();
        there.FinishFirst(2);
        there.Expire();

        var done = await Cluster.UntilDoneAsync(batch.Id);

        Assert.Equal(new BatchCounts(5, 0, 2, 0, 0, 3), done.Counts);
        Assert.Equal(BatchStatus.Expired, done.Status);
    }

    private static void End(ProviderBatch there, BatchEnding end)
    {
        if (end is BatchEnding.Canceled)
            there.EndCanceled();
        else if (end is BatchEnding.Expired)
            there.Expire();
        else
            there.End();
    }

    private async Task<BatchSnapshot> AtProviderAsync()
    {
        var polling = await Cluster.UntilPollingAsync((await Cluster.SubmitAsync(BatchCluster.OpenAi, Ids)).Id);
        Cluster.StandIn.Batches[polling.ProviderBatchId!].Start();
        return polling;
    }

    private static (string Provider, StandInRoute Route)[] Routes =>
        [(BatchCluster.Anthropic, StandInRoute.AnthropicResults), (BatchCluster.OpenAi, StandInRoute.OpenAiContent)];

    private async Task<BatchSnapshot> EndedAsync(string provider)
    {
        var batch = await Cluster.SubmitAsync(provider, Ids);
        var polling = await Cluster.UntilPollingAsync(batch.Id);
        Cluster.StandIn.Batches[polling.ProviderBatchId!].End();
        return polling;
    }
}
