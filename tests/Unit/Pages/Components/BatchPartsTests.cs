using Bunit;
using JobTracker.Batches;
using JobTracker.Keys;
using JobTracker.Pages.Batches;
using JobTracker.Pages.OneBatch;
using JobTracker.Tests.Unit.Gateway.Batches;

namespace JobTracker.Tests.Unit.Pages.Components;

/// <summary>The list of batches, and what can be done about one.</summary>
public sealed class BatchPartsTests
{
    private static readonly BatchSnapshot[] Newest =
    [
        .. Enumerable.Range(0, 3).Select(_ => BatchSnapshots.Created with { Id = BatchId.New(TimeProvider.System) })
            .OrderByDescending(one => one.Id),
    ];

    [Fact]
    public async Task A_batch_that_is_new_waits_and_those_that_left_the_list_say_so_where_they_are()
    {
        await using var parts = Parts.InACircuit();
        parts.Batches.All = [Newest[1], Newest[2]];
        var part = parts.Render<BatchListPart>(of => of.Add(one => one.Search, "?status=pending"));
        parts.Batches.All = [Newest[0], Newest[1] with { Version = 2, Status = BatchStatus.Completed }];

        await parts.UntilAsync(() => Assert.Equal("1 new", part.Find("[role=status]").TextContent.Trim()));
        var rows = part.FindAll("tr[data-row]");
        Assert.Equal(["left", "removed"], rows.Select(row => row.GetAttribute("data-mark")));
        Assert.Equal(["completed", "pending"], rows.Select(row => row.QuerySelector(".status")!.TextContent));
        // The keyboard's own mark is a class of the browser's: whoever writes it here takes it away.
        Assert.DoesNotContain(rows, row => row.HasAttribute("class"));
    }

    [Fact]
    public async Task A_paused_list_stays_as_it_is()
    {
        await using var parts = Parts.InACircuit();
        parts.Batches.All = [Newest[1]];
        var part = parts.Render<BatchListPart>(of => of.Add(one => one.Search, ""));
        await part.Find("[data-pause]").ClickAsync();
        parts.Batches.All = [Newest[0], Newest[1] with { Version = 2, Status = BatchStatus.Failed }];
        var before = parts.Batches.Lists;
        await parts.UntilAsync(() => Assert.InRange(parts.Batches.Lists, before + 3, int.MaxValue));
        Assert.Equal("pending", part.Find("tr .status").TextContent);

        await part.Find("[data-pause]").ClickAsync();
        Assert.Equal(("failed", "1 new"), (part.Find("tr .status").TextContent, part.Find("[role=status]").TextContent.Trim()));
    }

    [Theory]
    [InlineData(BatchStatus.Pending, BatchPhase.Polling, 0, "Cancel the batch, Ask the provider now")]
    [InlineData(BatchStatus.Completed, BatchPhase.Done, 0, "Download results")]
    [InlineData(BatchStatus.Completed, BatchPhase.Done, 2, "Download results, Resubmit failed items")]
    [InlineData(BatchStatus.Completed, BatchPhase.Ingesting, 2, "Download results")]
    public async Task What_its_status_forbids_is_not_offered(BatchStatus status, BatchPhase phase, long failed, string actions)
    {
        await using var parts = Parts.OnTheServer();
        Assert.Equal(actions, Actions(parts, status, phase, failed));
    }

    [Fact]
    public async Task Who_may_only_read_downloads()
    {
        await using var parts = Parts.OnTheServer();
        parts.Who = parts.Who with { Held = [Scopes.BatchesRead] };
        Assert.Equal("Download results", Actions(parts, BatchStatus.Completed, BatchPhase.Done, failed: 2));
        Assert.Equal("", Actions(parts, BatchStatus.Running, BatchPhase.Polling, failed: 0));
    }

    private static string Actions(Parts parts, BatchStatus status, BatchPhase phase, long failed)
    {
        var batch = Newest[0] with { Status = status, Phase = phase, Counts = new BatchCounts(10, Failed: failed) };
        var part = parts.Render<BatchActions>(of => of.Add(one => one.Batch, batch).Add(one => one.Act, _ => Task.CompletedTask));
        return string.Join(", ", part.FindAll("a.button, button").Select(action => action.TextContent));
    }
}
