using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Jobs.Grouping;
using JobTracker.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>
/// Group commit and group read over a real database whose connection fails when told to, and a clock that the test moves.
/// </summary>
internal sealed class GroupHarness : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _started = [];

    private GroupHarness(JobDatabase database, StorageOptions options)
    {
        Database = database;
        Options = options;
        Store = new FaultyStore(database.Store);
        var outage = new Outage(Clock);
        Commit = new GroupCommit(Store, options, Open, outage, Clock, NullLogger<GroupCommit>.Instance);
        Read = new GroupRead(Store, options, outage, Clock, NullLogger<GroupRead>.Instance);
    }

    public JobDatabase Database { get; }

    public StorageOptions Options { get; }

    public FaultyStore Store { get; }

    public ObservedClock Clock { get; } = new();

    public GroupCommit Commit { get; }

    public OpenWrites Open { get; } = new();

    public GroupRead Read { get; }

    public string Organization { get; } = JobRows.NewOrganization();

    /// <summary>How many rows each statement tried to write.</summary>
    public IEnumerable<int> BatchSizes => Store.Writes.Select(batch => batch.Count);

    public static async Task<GroupHarness> StartAsync(StorageOptions? options = null)
    {
        var harness = new GroupHarness(await SqliteJobDatabase.CreateAsync(), options ?? new StorageOptions());
        harness.Commit.Start();
        harness.Read.Start();
        harness._started.AddRange([harness.Commit, harness.Read]);
        return harness;
    }

    public Job NewJob() => JobRows.New(Organization);

    public async Task<Job> InsertAsync()
    {
        var job = NewJob();
        Assert.IsType<JobWriteResult.Stored>(await Commit.WriteAsync(job.Insert()).Soon());
        return job;
    }

    /// <summary>Stops the writer inside a statement of one row, so that what is written next waits together.</summary>
    public async Task<Gate> BlockWriterAsync()
    {
        var gate = Store.Hold();
        _ = Commit.WriteAsync(NewJob().Insert());
        await gate.Reached.Soon();
        return gate;
    }

    /// <summary>The database is reached for the next time after the pause.</summary>
    public async Task PassPauseAsync()
    {
        Assert.Equal(Options.RetryPause, await Clock.ArmedAsync());
        Clock.Advance(Options.RetryPause);
    }

    /// <summary>The pause after a failed try lasts until nobody waits any more.</summary>
    public async Task PassQueueTimeAsync()
    {
        Assert.Equal(Options.RetryPause, await Clock.ArmedAsync());
        Clock.Advance(Options.QueueTime);
    }

    public async Task AssertCountsAsync(long jobs)
    {
        var counts = await Database.CountsAsync(Organization);
        Assert.Equal(await Database.RecountAsync(Organization), counts);
        Assert.Equal(jobs, counts.Values.Sum());
    }

    public async ValueTask DisposeAsync()
    {
        // A test that failed half way must not hang here instead.
        Store.Recover();
        var closing = Task.WhenAll(_started.Select(loop => loop.DisposeAsync().AsTask()));
        while (!closing.IsCompleted)
        {
            Clock.Advance(Options.RetryPause);
            await Task.Yield();
        }

        await closing;
        await Database.DisposeAsync();
    }
}
