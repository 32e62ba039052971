using System.Globalization;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Jobs.Grouping;

/// <summary>
/// What a writer must know of the stored row: the version that guards it, and
/// the status that its going takes from the counts. As text, the storage ETag.
/// </summary>
internal readonly record struct StoredVersion(long Version, JobStatus Status)
{
    public static StoredVersion Of(Job job) => new(job.Snapshot.Version, job.Snapshot.Status);

    /// <exception cref="FormatException">The text is no ETag of ours.</exception>
    public static StoredVersion Parse(string etag)
    {
        var space = etag.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && JobStatus.FromWord(etag[(space + 1)..]) is { } status
            ? new StoredVersion(long.Parse(etag.AsSpan(0, space), CultureInfo.InvariantCulture), status)
            : throw new FormatException($"'{etag}' is not the ETag of a job.");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Version} {Status.Word}");
}
