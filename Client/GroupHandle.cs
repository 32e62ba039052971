using JobTracker.Jobs;

namespace JobTracker.Client;

/// <summary>A group and the tracker that knows it. Holds no state of the group.</summary>
public sealed class GroupHandle
{
    private readonly IJobTracker _tracker;

    internal GroupHandle(IJobTracker tracker, JobHandle job)
    {
        _tracker = tracker;
        Job = job;
    }

    public JobId Id => Job.Id;

    /// <summary>The group as the job that it is: to wait for its end, to watch it, to cancel it and with it its children.</summary>
    public JobHandle Job { get; }

    /// <summary>Makes a child: <see cref="CreateJob.ParentId"/> is the group, whatever the command says.</summary>
    /// <exception cref="JobRefusedException">The group is sealed or has ended, or a field is out of range.</exception>
    /// <inheritdoc cref="IJobTracker.CreateAsync"/>
    public Task<JobHandle> CreateAsync(CreateJob child, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(child);
        return _tracker.CreateAsync(child with { ParentId = Id }, cancellation);
    }

    /// <summary>
    /// No more children: the group ends when none of them is open, at once where there is none. A second seal changes nothing.
    /// </summary>
    /// <returns>The group; it may have ended.</returns>
    /// <exception cref="JobNotFoundException" />
    /// <exception cref="JobRefusedException">It has ended without being sealed.</exception>
    public Task<JobSnapshot> SealAsync(CancellationToken cancellation = default) =>
        Job.UpdateAsync(new UpdateJob { Seal = true }, cancellation);

    /// <summary>How its children stand, exactly; null where there is no such group.</summary>
    public async Task<ChildCounts?> CountChildrenAsync(CancellationToken cancellation = default) =>
        (await Job.GetAsync(cancellation))?.Children;

    /// <summary>Its children, oldest first, page by page.</summary>
    /// <inheritdoc cref="IJobTracker.ListAsync"/>
    public IAsyncEnumerable<JobSnapshot> ListChildrenAsync(CancellationToken cancellation = default) =>
        _tracker.ListAsync(new JobQuery { ParentId = Id, Ascending = true }, cancellation);

    public override string ToString() => Id.ToString();
}
