using System.Runtime.InteropServices;
using System.Security.Cryptography;
using JobTracker.Jobs;

namespace JobTracker.Pages.OneJob;

/// <summary>
/// A job as its live page keeps it: without its documents, which may have megabytes each and are on the page once, beside what lives.
/// </summary>
/// <param name="Job">The job; its documents are empty.</param>
/// <param name="Documents">Another text for other documents.</param>
/// <param name="Attempts">The last attempts of its callback; null: none was made.</param>
public sealed record JobView(JobSnapshot Job, string Documents, JobCallbackAttempts? Attempts)
{
    /// <summary>Without its documents.</summary>
    public static JobView Of(JobSnapshot job, JobCallbackAttempts? attempts)
    {
        ArgumentNullException.ThrowIfNull(job);
        return new(job with { Metadata = "{}", RequestConfig = null }, MarkOf(job), attempts);
    }

    /// <summary>Tells documents from others; the same in every process.</summary>
    public static string MarkOf(JobSnapshot job)
    {
        ArgumentNullException.ThrowIfNull(job);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(job.Metadata.AsSpan()));
        // No JSON has it: a text cannot move from one document to the other unseen.
        hash.AppendData([0]);
        hash.AppendData(MemoryMarshal.AsBytes(job.RequestConfig.AsSpan()));
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}
