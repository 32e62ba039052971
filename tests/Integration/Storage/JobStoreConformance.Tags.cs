using System.Collections.Immutable;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Jobs;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>The tags of a job are written by the write of its row, and by no other.</summary>
public abstract partial class JobStoreConformance
{
    [Fact]
    public async Task Tags_come_and_go_with_the_row_of_their_job()
    {
        var (one, other) = (Tagged("b", "a"), Tagged("a", new string('z', 255)));
        await Database.WriteAllAsync([one.Insert(), other.Insert(), JobRows.New(_organization).Insert()]);
        Assert.Equal(Rows((one, "a"), (one, "b"), (other, "a"), (other, other.Snapshot.Tags[1])), await TagRowsAsync());

        var ended = one.Enter(JobStatus.Cancelled);
        await Database.WriteAllAsync([one.Replace(ended), other.Remove()]);
        Assert.Equal(Rows((one, "a"), (one, "b")), await TagRowsAsync());

        await Database.WriteAllAsync([ended.Remove()]);
        Assert.Empty(await TagRowsAsync());
    }

    [Fact]
    public async Task A_row_that_is_not_written_leaves_no_tag_and_takes_none()
    {
        var there = await Database.InsertAsync(Tagged("kept") with { IdempotencyKey = "key", Fingerprint = "f" });
        var stale = there.Enter(JobStatus.Cancelled);

        Assert.IsType<JobWriteResult.KeyTaken>(
            await Database.WriteAsync((Tagged("lost") with { IdempotencyKey = "key", Fingerprint = "f" }).Insert()));
        Assert.IsType<JobWriteResult.Stale>(await Database.WriteAsync(there.With(row => row with { Tags = ["lost"] }).Insert()));
        Assert.IsType<JobWriteResult.Stale>(await Database.WriteAsync(stale.Remove()));

        Assert.Equal(Rows((there, "kept")), await TagRowsAsync());
    }

    private Job Tagged(params ImmutableArray<string> tags) => JobRows.New(_organization).With(row => row with { Tags = tags });

    private static IEnumerable<string> Rows(params (Job Job, string Tag)[] rows) =>
        rows.Select(row => $"{row.Tag} {row.Job.Snapshot.Id.Value}").Order(StringComparer.Ordinal);

    private async Task<IEnumerable<string>> TagRowsAsync() =>
        (await Database.QueryAsync($"select tag, job_id from job_tags where organization_id = '{_organization}'"))
            .Select(row => $"{row[0]} {row[1]}").Order(StringComparer.Ordinal);
}
