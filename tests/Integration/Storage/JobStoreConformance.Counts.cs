using CsCheck;
using JobTracker.Grains.Batches.Rules;
using JobTracker.Grains.Jobs.Callbacks;
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

    [Fact]
    public async Task Ends_are_counted_in_their_minute_and_what_only_goes_on_or_is_removed_counts_as_none()
    {
        var jobs = new List<Job>();
        for (var i = 0; i < 4; i++)
            jobs.Add(await Database.InsertAsync(JobRows.New(_organization)));
        await Database.WriteAllAsync(
            jobs[0].Replace(jobs[0].Enter(JobStatus.Completed)),
            jobs[1].Replace(jobs[1].Enter(JobStatus.Completed).With(row => row with { CompletedAt = JobRows.Start.AddSeconds(119.9) })),
            jobs[2].Replace(jobs[2].Enter(JobStatus.Running)),
            jobs[3].Remove());
        var failed = jobs[2].Enter(JobStatus.Running);
        var late = failed.Enter(JobStatus.Failed).With(row => row with { CompletedAt = JobRows.Start.AddMinutes(2) });
        await Database.WriteAsync(failed.Replace(late));
        await Database.WriteAsync(late.Replace(late.Next(row => row)));

        var minute = JobRows.Start.AddMinutes(1);
        JobEnds[] ends = [new(minute, JobStatus.Completed, 2), new(minute.AddMinutes(1), JobStatus.Failed, 1)];
        Assert.Equal(ends, await EndsAsync(minute));
        Assert.Equal(ends[1..], await EndsAsync(minute.AddTicks(10)));
        Assert.Empty(await Database.Store.CountEndsAsync(JobRows.NewOrganization(), minute, default));

        Assert.Equal(0, await Database.Store.RemoveEndsAsync(minute, limit: 0, default));
        while (await Database.Store.RemoveEndsAsync(minute.AddMinutes(1), limit: 1, default) > 0)
        {
        }

        Assert.Equal(ends[1..], await EndsAsync(minute));

        Task<IReadOnlyList<JobEnds>> EndsAsync(DateTimeOffset since) => Database.Store.CountEndsAsync(_organization, since, default);
    }

    [Fact]
    public async Task Receivers_are_counted_by_host_with_their_last_success_and_their_last_error()
    {
        var (hour, jobs) = (JobRows.Start, new List<Job>());
        for (var i = 0; i < 5; i++)
            jobs.Add(await Database.InsertAsync(JobRows.New(_organization)));
        await TellAsync(
            ("a.example", hour.AddMinutes(1), "500"), ("a.example", hour.AddMinutes(2), null), ("a.example", hour.AddMinutes(3), "late"),
            ("b.example", hour.AddMinutes(4), null));
        await TellAsync(("a.example", hour.AddMinutes(2.5), "earlier"), ("b.example", hour.AddMinutes(70), "gone"));

        ReceiverFigures[] all =
        [
            new("a.example", 1, 3, hour.AddMinutes(2), hour.AddMinutes(3), "late"),
            new("b.example", 1, 1, hour.AddMinutes(4), hour.AddMinutes(70), "gone"),
        ];
        Assert.Equal(all, await ReceiversAsync(hour.AddMinutes(59)));
        Assert.Equal([new("b.example", 0, 1, null, hour.AddMinutes(70), "gone")], await ReceiversAsync(hour.AddMinutes(60)));
        Assert.Equal(all[..1], await Database.Store.ReadReceiversAsync(_organization, hour, limit: 1, default));
        Assert.Empty(await Database.Store.ReadReceiversAsync(JobRows.NewOrganization(), hour, limit: 9, default));

        while (await Database.Store.RemoveReceiversAsync(hour.AddMinutes(60), limit: 1, default) > 0)
        {
        }

        Assert.Equal(["b.example"], (await ReceiversAsync(hour)).Select(receiver => receiver.Host));

        Task<IReadOnlyList<ReceiverFigures>> ReceiversAsync(DateTimeOffset since) =>
            Database.Store.ReadReceiversAsync(_organization, since, limit: 9, default);

        async Task TellAsync(params (string Host, DateTimeOffset At, string? Error)[] results)
        {
            var writes = results.Zip(jobs, (result, job) =>
                job.Replace(job.Next(row => row)) with { Told = new ReceiverResult(result.Host, result.At, result.Error) }).ToList();
            Assert.All(await Database.WriteAllAsync(writes), result => Assert.IsType<JobWriteResult.Stored>(result));
            for (var i = 0; i < results.Length; i++)
                jobs[i] = jobs[i].Next(row => row);
        }
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
