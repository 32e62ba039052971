using System.Diagnostics;
using JobTracker.Grains.Jobs.Callbacks;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage.Jobs.Grouping;
using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Jobs;

/// <summary>One guarded row write.</summary>
/// <param name="WriteId">Stands in the row that it makes, so that a repetition after a lost connection finds out whether the first try was
/// stored.</param>
/// <param name="Stored">What the row must be before the write; null: it must not exist.</param>
/// <param name="Next">What the row shall be; null: it shall be removed.</param>
internal sealed record JobWrite(JobId Id, Guid WriteId, StoredVersion? Stored, Job? Next)
{
    /// <summary>An earlier try ended without an answer: the row may carry this write already.</summary>
    public bool MayBeStored { get; init; }

    /// <summary>
    /// The metadata stay as they are in the row, and are not sent: they may be large, and most changes are none of theirs.
    /// </summary>
    public bool KeepsMetadata { get; init; }

    /// <summary>What the write tells of a callback's receiver; null: nothing.</summary>
    public ReceiverResult? Told { get; init; }

    /// <summary>Of the change that is being traced; null: it is not.</summary>
    public Activity? Span { get; init; }

    /// <summary>What the row's metadata shall be; null: what they are.</summary>
    public string? Metadata => KeepsMetadata && Stored is not null ? null : Next?.Snapshot.Metadata;

    /// <summary>About how many bytes of text the row carries.</summary>
    public int Size => Next?.Snapshot is { } job
        ? (Metadata?.Length ?? 0) + (job.RequestConfig?.Length ?? 0) + (job.Error?.Message?.Length ?? 0) + 512
        : 64;
}
