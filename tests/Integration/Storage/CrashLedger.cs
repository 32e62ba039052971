using System.Globalization;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Jobs.Grouping;
using JobTracker.Jobs;
using JobTracker.Storage;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>One worker that makes, changes and removes its own jobs, and keeps a book of what it was told.</summary>
internal sealed class CrashLedger(GroupCommit commit, GroupRead read, string organization)
{
    private const int ChangesPerJob = 4;

    /// <summary>What the database must hold; null: it was removed.</summary>
    private readonly Dictionary<JobId, Job?> _book = [];
    private int _marks;

    public int Acknowledged { get; private set; }

    public int Refused { get; private set; }

    public int Unknown { get; private set; }

    public async Task WorkAsync(CancellationToken stop)
    {
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            var job = await ApplyAsync(() => JobRows.New(organization), fresh => fresh.Insert());
            for (var i = 0; i < ChangesPerJob; i++)
            {
                var current = job;
                job = await ApplyAsync(() => current.Next(Marked), next => current.Replace(next));
            }

            if (_book.Count % 3 == 0)
                await ApplyAsync(() => job, job.Remove);
        }
    }

    /// <summary>Every change left its own mark in the history, so the history is the list of changes that were applied.</summary>
    public async Task VerifyAsync(JobDatabase database)
    {
        foreach (var (id, expected) in _book)
            Assert.Equal(expected.Text(), (await database.ReadAsync(id)).Text());
    }

    private JobSnapshot Marked(JobSnapshot row)
    {
        var mark = string.Create(CultureInfo.InvariantCulture, $"change {++_marks}");
        return row with { History = row.History.Add(new JobTransition(JobStatus.Created, JobRows.Start, mark, StopReason: null)) };
    }

    private Task<Job> ApplyAsync(Func<Job> job, Func<JobWrite> removal) => ApplyAsync(job, _ => removal());

    /// <summary>Tries until it is done. Each try is a change of its own: one that was refused must never show.</summary>
    private async Task<Job> ApplyAsync(Func<Job> attempt, Func<Job, JobWrite> toWrite)
    {
        while (true)
        {
            var job = attempt();
            var write = toWrite(job);
            if (!await IsStoredAsync(write))
                continue;
            _book[write.Id] = write.Next;
            Acknowledged++;
            return job;
        }
    }

    private async Task<bool> IsStoredAsync(JobWrite write)
    {
        try
        {
            var result = await commit.WriteAsync(write);
            return result is JobWriteResult.Stored
                ? true
                : throw new InvalidOperationException($"Nobody else writes {write.Id}, yet it is {result}.");
        }
        catch (Exception problem) when (problem is StorageUnavailableException or StorageOverloadedException)
        {
            Refused++;
            if (write.Stored is null)
                _book[write.Id] = null;
            return false;
        }
        catch (OutcomeUnknownException)
        {
            Unknown++;
            return await LookAsync(write);
        }
    }

    /// <summary>What the row itself says, as soon as it can be asked.</summary>
    private async Task<bool> LookAsync(JobWrite write)
    {
        while (true)
        {
            try
            {
                var row = await read.ReadAsync(write.Id);
                var stored = row.Text() == write.Next.Text();
                if (!stored && write.Stored is null)
                    _book[write.Id] = null;
                return stored;
            }
            catch (StorageUnavailableException)
            {
                // Still down: ask again.
            }
        }
    }
}
