using JobTracker.Client;
using JobTracker.Jobs;
using JobTracker.Operations;

namespace JobTracker.Silo.Demo;

/// <summary>What happens now and then, beside single jobs that come and go.</summary>
internal sealed class Occasions(People people, Catalogue catalogue)
{
    private const string Analyst = "priya";
    private const string Editor = "mira";

    /// <summary>Hands a batch to the provider.</summary>
    public async Task SendBatchAsync(CancellationToken cancellation)
    {
        var (metadata, items) = catalogue.Batch();
        await people.Batches(Analyst).CreateAsync(
            new CreateBatch { Provider = Defaults.Provider, Metadata = metadata }, items.ToAsyncEnumerable(), cancellation);
    }

    /// <summary>Makes a group that ends with its children.</summary>
    public async Task BeginNightAsync(CancellationToken cancellation)
    {
        var (group, children) = catalogue.Nightly();
        await people.Jobs(Editor).GroupAsync(group, children, cancellation);
    }

    /// <summary>Cancels what waits of one type, by an operation.</summary>
    public Task WithdrawThumbnailsAsync(CancellationToken cancellation) => people.Operations(Editor).StartAsync(
        new StartOperation
        {
            Action = OperationAction.Cancel,
            Filter = new JobQuery { Tags = [Catalogue.Tag], JobType = "thumbnail", Statuses = [JobStatus.Created, JobStatus.Pending] },
            Reason = "The pictures were replaced.",
        },
        cancellation);

    /// <summary>Does the work of the last job that failed again.</summary>
    public async Task TryAgainAsync(CancellationToken cancellation)
    {
        var failed = people.Jobs(Editor).ListAsync(
            new JobQuery { Tags = [Catalogue.Tag], Statuses = [JobStatus.Failed], Limit = 20 }, cancellation);
        await foreach (var job in failed)
        {
            // A child's group may take no more children.
            if (job is not { RetriedBy: null, ParentId: null, Group: null })
                continue;
            await people.Jobs(Editor).RetryAsync(job.Id, cancellation);
            return;
        }
    }
}
