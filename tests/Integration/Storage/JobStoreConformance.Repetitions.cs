using JobTracker.Grains.Batches.Rules;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Jobs;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>What a write finds that is repeated because its first answer was lost.</summary>
public abstract partial class JobStoreConformance
{
    [Fact]
    public async Task A_stored_write_that_is_repeated_is_stored_and_counted_once()
    {
        var job = JobRows.New(_organization) with { IdempotencyKey = "key", Fingerprint = "f" };
        var insert = job.Insert();
        var next = job.Enter(JobStatus.Pending);
        var change = job.Replace(next);
        var remove = next.Remove();

        foreach (var write in (JobWrite[])[insert, change])
        {
            Assert.IsType<JobWriteResult.Stored>(await Database.WriteAsync(write));
            Assert.IsType<JobWriteResult.Stored>(await Database.WriteAsync(write with { MayBeStored = true }));
            Assert.Equal(await Database.RecountAsync(_organization), await Database.CountsAsync(_organization));
        }

        Assert.Equal(next.Text(), (await Database.ReadAsync(job.Snapshot.Id)).Text());
        Assert.IsType<JobWriteResult.Stored>(await Database.WriteAsync(remove));
        Assert.IsType<JobWriteResult.Stored>(await Database.WriteAsync(remove with { MayBeStored = true }));
        Assert.Empty(await Database.CountsAsync(_organization));
    }

    [Fact]
    public async Task A_write_that_was_lost_before_it_was_stored_is_stored_by_its_repetition()
    {
        var job = JobRows.New(_organization);
        var next = job.Enter(JobStatus.Pending);

        Assert.IsType<JobWriteResult.Stored>(await Database.WriteAsync(job.Insert() with { MayBeStored = true }));
        Assert.IsType<JobWriteResult.Stored>(await Database.WriteAsync(job.Replace(next) with { MayBeStored = true }));
        Assert.Equal(next.Text(), (await Database.ReadAsync(job.Snapshot.Id)).Text());
        Assert.IsType<JobWriteResult.Stored>(await Database.WriteAsync(next.Remove() with { MayBeStored = true }));
        Assert.Null(await Database.ReadAsync(job.Snapshot.Id));
    }

    [Fact]
    public async Task A_repeated_write_whose_row_has_moved_on_since_has_an_unknown_outcome()
    {
        var job = await Database.InsertAsync(JobRows.New(_organization));
        var next = job.Enter(JobStatus.Pending);
        var change = job.Replace(next);
        await Database.WriteAsync(change);
        var later = next.Enter(JobStatus.Running);
        await Database.WriteAsync(next.Replace(later));

        Assert.IsType<JobWriteResult.Unknown>(await Database.WriteAsync(change with { MayBeStored = true }));
        Assert.Equal(later.Text(), (await Database.ReadAsync(job.Snapshot.Id)).Text());
        await Database.WriteAsync(later.Remove());
        Assert.IsType<JobWriteResult.Unknown>(await Database.WriteAsync(change with { MayBeStored = true }));
    }

    [Fact]
    public async Task A_repeated_write_that_another_one_beat_to_its_version_is_stale()
    {
        var job = await Database.InsertAsync(JobRows.New(_organization));
        var winner = job.Replace(job.Enter(JobStatus.Cancelled));
        await Database.WriteAsync(winner);

        var loser = job.Replace(job.Enter(JobStatus.Pending)) with { MayBeStored = true };

        Assert.Equal(new JobWriteResult.Stale(2), await Database.WriteAsync(loser));
        Assert.Equal(winner.Next.Text(), (await Database.ReadAsync(job.Snapshot.Id)).Text());
    }
}
