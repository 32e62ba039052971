namespace JobTracker.Tests.Processes.Faults.Checking;

/// <summary>
/// One line of a history: what a client asked, between which moments, and what it was answered. From these alone it is decided whether the
/// service kept its promises.
/// </summary>
internal sealed record HistoryLine
{
    public required Asked Asked { get; init; }

    /// <summary>Who asked; what one client does comes one after the other, but for races that it runs on purpose.</summary>
    public required string Client { get; init; }

    /// <summary>Milliseconds since the run began.</summary>
    public required double Begin { get; init; }

    public required double End { get; init; }

    /// <summary>The HTTP status; 0: there was no answer.</summary>
    public required int Answer { get; init; }

    /// <summary>What one repeats under the same name, of creates the idempotency key, is one operation.</summary>
    public string? Operation { get; init; }

    /// <summary>Of changes: the version that it must be made from.</summary>
    public long? From { get; init; }

    /// <summary>Whether the job's end is to be told to a receiver.</summary>
    public bool WantsCallback { get; init; }

    /// <summary>The job of the answer; of a callback, the one that it tells of.</summary>
    public SeenState? Job { get; init; }

    /// <summary>The id that was asked for, where the answer has no job.</summary>
    public string? Id { get; init; }

    /// <summary>Of a list, each of its jobs.</summary>
    public IReadOnlyList<SeenState>? Jobs { get; init; }

    /// <summary>Of the counts, jobs by their status.</summary>
    public IReadOnlyDictionary<string, long>? Counts { get; init; }

    /// <summary>Of a callback, its webhook-id.</summary>
    public string? WebhookId { get; init; }

    public bool IsAcknowledged => Answer is >= 200 and < 300;

    /// <summary>Refused by a rule, so that nothing was done; all else that is no success may have been done.</summary>
    public bool IsRefused => Answer is >= 400 and < 500;

    public override string ToString() => HistoryFile.Text(this);
}

internal enum Asked
{
    Create,
    Change,
    Read,
    List,
    Count,
    Callback,

    /// <summary>The list and the counts once everything has come to rest.</summary>
    LastList,
    LastCount,
}

/// <summary>A job as an answer showed it.</summary>
internal sealed record SeenState(string Id, string Status, long Version, DateTimeOffset? CompletedAt)
{
    public bool IsTerminal => Status is "completed" or "failed" or "cancelled" or "expired";
}
