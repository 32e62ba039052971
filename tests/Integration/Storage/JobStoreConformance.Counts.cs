using CsCheck;
using JobTracker.Grains.Batches.Rules;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Jobs;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>The counts are those of the rows, whatever was written.</summary>
public abstract partial class JobStoreConformance
{
    private static readonly Gen<(int Kind, int Job, int Word)[][]> Batches =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 30], Gen.Int[0, 6]).Array[1, 12].Array[1, 6];

    [Fact]
    public async Task After_any_batches_the_rows_are_those_of_a_model_and_the_counts_are_exact() =>
        await Batches.SampleAsync(RunAsync, iter: 40, threads: 1);

    [Fact]
    public async Task Counts_of_other_organizations_are_not_seen()
    {
        await Database.InsertAsync(JobRows.New(_organization));
        await Database.InsertAsync(JobRows.New(JobRows.NewOrganization()));

        Assert.Equal(new() { ["created job"] = 1 }, await Database.CountsAsync(_organization));
    }

    private async Task<bool> RunAsync((int Kind, int Job, int Word)[][] batches)
    {
        var organization = JobRows.NewOrganization();
        var model = new Dictionary<JobId, Job>();
        foreach (var batch in batches)
        {
            var writes = Writes(organization, [.. model.Values], batch);
            var results = await Database.WriteAllAsync(writes);
            for (var i = 0; i < writes.Count; i++)
                Apply(model, writes[i], results[i]);
        }

        foreach (var job in model.Values)
            Assert.Equal(job.Text(), (await Database.ReadAsync(job.Snapshot.Id)).Text());
        var counted = await Database.RecountAsync(organization);
        Assert.Equal(model.Count, counted.Values.Sum());
        Assert.Equal(counted, await Database.CountsAsync(organization));
        return true;
    }

    /// <summary>New rows, changes, removals, and some of each from a version that is not the row's. No id twice.</summary>
    private static List<JobWrite> Writes(string organization, List<Job> jobs, (int Kind, int Job, int Word)[] batch)
    {
        var writes = batch.Select(op =>
        {
            var status = (JobStatus)op.Word;
            if (jobs.Count == 0 || op.Kind < 3)
                return JobRows.New(organization).With(row => row with { JobType = $"type{op.Word % 3}" }).Insert();
            var job = jobs[op.Job % jobs.Count];
            var old = job.With(row => row with { Version = row.Version + 5, Status = (JobStatus)(op.Job % 3) });
            return op.Kind switch
            {
                3 => job.Remove(),
                4 => old.Remove(),
                5 => old.Replace(old.Enter(status)),
                6 => JobRows.New(organization, job.Snapshot.Id).Insert(),
                7 => job.Replace(job.Next(row => row with { LastUpdatedById = "again" })),
                _ => job.Replace(job.Enter(status)),
            };
        });
        return [.. writes.DistinctBy(write => write.Id)];
    }

    private static void Apply(Dictionary<JobId, Job> model, JobWrite write, JobWriteResult result)
    {
        long? version = model.TryGetValue(write.Id, out var row) ? row.Snapshot.Version : null;
        if (version != write.Stored?.Version)
        {
            Assert.Equal(new JobWriteResult.Stale(version), result);
            return;
        }

        Assert.IsType<JobWriteResult.Stored>(result);
        if (write.Next is { } next)
            model[write.Id] = next;
        else
            model.Remove(write.Id);
    }
}
