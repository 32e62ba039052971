using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Jobs;

/// <summary>How many bytes a job has on a page of the HTTP API: never fewer than it will have, and hardly more.</summary>
internal static class JobBytes
{
    /// <summary>The names of all fields, and values that are always short: ids, moments, numbers, words.</summary>
    private const long Fixed = 2_160;

    /// <summary>The names and the short values of one step of the history.</summary>
    private const long Step = 112;

    public static long Of(JobSnapshot job) => Fixed
        + JsonBytes.OfJson(job.Metadata)
        + JsonBytes.OfJson(job.RequestConfig)
        + JsonBytes.OfText(job.Error?.Code)
        + JsonBytes.OfText(job.Error?.Message)
        + JsonBytes.OfText(job.Progress?.Message)
        + JsonBytes.OfText(job.Callback?.Url)
        + JsonBytes.OfText(job.Callback?.Error)
        + JsonBytes.OfText(job.StopReason)
        + JsonBytes.OfText(job.OrganizationId)
        + JsonBytes.OfText(job.UserId)
        + JsonBytes.OfText(job.CreatedById)
        + JsonBytes.OfText(job.LastUpdatedById)
        + job.Tags.Sum(tag => 3L + tag.Length)
        + job.History.Sum(step => Step + JsonBytes.OfText(step.By) + JsonBytes.OfText(step.StopReason));
}
