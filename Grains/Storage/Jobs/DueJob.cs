using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Jobs;

/// <summary>A job that is to be woken, and since when; ordered by both, the moment first.</summary>
internal readonly record struct DueJob(DateTimeOffset DueAt, JobId Id)
{
    /// <summary>Before all.</summary>
    public static readonly DueJob None = new(DateTimeOffset.MinValue, default);

    public bool IsAfter(DueJob other) => DueAt > other.DueAt || (DueAt == other.DueAt && Id > other.Id);
}
