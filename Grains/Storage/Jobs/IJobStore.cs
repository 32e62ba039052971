using JobTracker.Grains.Jobs;
using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Jobs;

/// <summary>The port to a database that keeps jobs. Two adapters, one conformance suite; failures are <see cref="JobStoreException"/>s.</summary>
internal interface IJobStore
{
    /// <summary>How many writers may work side by side.</summary>
    int Writers { get; }

    /// <summary>A writer of its own connection; it connects at its first write.</summary>
    IJobWriter OpenWriter();

    /// <summary>The jobs that exist among <paramref name="ids"/>, in any order.</summary>
    Task<IReadOnlyList<Job>> ReadAsync(IReadOnlyList<JobId> ids, CancellationToken cancellation);

    /// <summary>One page. <see cref="JobQuery.OrganizationId"/> is set.</summary>
    Task<JobPage> ListAsync(JobQuery query, CancellationToken cancellation);

    Task<JobCounts> CountAsync(string organizationId, CancellationToken cancellation);
}

/// <summary>Stores batches in one transaction each. After a failure it may be used again and connects anew.</summary>
internal interface IJobWriter : IAsyncDisposable
{
    /// <summary>Stores every row whose guard holds, and says for each what became of it, in order. No id stands twice in a batch.</summary>
    Task<IReadOnlyList<JobWriteResult>> WriteAsync(IReadOnlyList<JobWrite> batch, CancellationToken cancellation);
}
