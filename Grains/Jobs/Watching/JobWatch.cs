using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs.Watching;

/// <summary>
/// Those who wait for a job's next version, and the last versions, for whoever was a step behind. Kept only by jobs that are watched.
/// </summary>
internal sealed class JobWatch
{
    /// <summary>How many versions a watched job remembers.</summary>
    public const int Remembered = 16;

    private readonly Queue<JobSnapshot> _versions = new(Remembered);
    private TaskCompletionSource _next = NewSource();

    /// <summary>Done at the next version, or when the grain lets go of its waiters.</summary>
    public Task Next => _next.Task;

    /// <summary>
    /// The remembered versions after <paramref name="version"/>, oldest first,
    /// ending with <paramref name="current"/>; empty where that is no news.
    /// </summary>
    public JobChanges After(long version, JobSnapshot current) => current.Version <= version
        ? new JobChanges([])
        : new JobChanges([.. _versions.Where(seen => seen.Version > version && seen.Version < current.Version), current]);

    public void Publish(JobSnapshot committed)
    {
        if (_versions.Count == Remembered)
            _versions.Dequeue();
        _versions.Enqueue(committed);
        Release();
    }

    /// <summary>Sends everyone back to their caller, who comes again with the version it saw.</summary>
    public void Release()
    {
        var next = _next;
        _next = NewSource();
        next.SetResult();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
