using System.Collections.Immutable;
using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Rules;

namespace JobTracker.Grains.Batches.Life;

/// <summary>What the service needs to know of one submission of a batch, and of no other.</summary>
/// <remarks>Every attempt begins with <see cref="New"/>: what is added here is the next attempt's at its beginning, by itself.</remarks>
internal sealed record BatchAttempt
{
    /// <param name="items">That go out with it; 0 where they are not known.</param>
    public static BatchAttempt New(long items = 0) => new() { SubmittedItems = items };

    public long SubmittedItems { get; init; }

    /// <summary>Create calls made for it, each under an id of its own.</summary>
    public int Sends { get; init; }

    /// <summary>When the create call began whose answer is not known; null: none is under way.</summary>
    public DateTimeOffset? PostedAt { get; init; }

    /// <summary>
    /// What was uploaded for that call, or for the next one; where the dialect uploads first. A batch at the provider is known by it.
    /// </summary>
    public string? InputId { get; init; }

    /// <summary>When it became known that the call's answer is lost; null: it is not.</summary>
    public DateTimeOffset? LostAt { get; init; }

    /// <summary>
    /// The first of the lists that tell of absence (<see cref="AbsenceRule"/>); null: none did yet, or the last look was unclear.
    /// </summary>
    public DateTimeOffset? FirstMissedAt { get; init; }

    /// <summary>The provider shows that it knows of the cancellation, or has ended.</summary>
    public bool CancelSent { get; init; }

    /// <summary>How often it was told and did not show it, when it is told again, and what the last refusal said.</summary>
    public int CancelTries { get; init; }
    public DateTimeOffset? NextCancelAt { get; init; }
    public string? CancelError { get; init; }

    /// <summary>A cancel was not taken since the last poll: that comes first, so that no cancel can hold up the polls.</summary>
    public bool OwesPoll { get; init; }

    /// <summary>At the last successful poll.</summary>
    public ProviderStage Stage { get; init; }

    /// <summary>Answers in a row with a status that this version does not know, and when the first of them came.</summary>
    public int UnknownAnswers { get; init; }
    public DateTimeOffset? UnknownSince { get; init; }

    /// <summary>404s without another answer between them, and when the first of them came.</summary>
    public int NotFoundAnswers { get; init; }
    public DateTimeOffset? NotFoundSince { get; init; }

    /// <summary>The provider's last word, once the batch ended there: what its results are read by.</summary>
    public ProviderBatch? Ended { get; init; }

    /// <summary>Whether that word was heard for this pass over the results: it is asked for anew before each.</summary>
    public bool AskedAnew { get; init; }

    /// <summary>
    /// How far this pass is stored, file by file. A row of before this has none, and its pass starts anew, which changes no outcome.
    /// </summary>
    public ImmutableArray<FileProgress> Read { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>How often the results were begun to be read, and since when passes end short of what there should be.</summary>
    public int Pass { get; init; }
    public DateTimeOffset? ShortSince { get; init; }

    /// <summary>Why results are missing for good, where it is known.</summary>
    public string? Shortfall { get; init; }

    /// <summary>Lines of the current pass that contradict an outcome that was stored before.</summary>
    public long Conflicts { get; init; }

    /// <summary>How it ends where the provider does not say it.</summary>
    public BatchVerdict? Verdict { get; init; }

    /// <summary>Whether its job exists, and the status that the job was last told.</summary>
    public bool JobMade { get; init; }
    public BatchStatus? JobTold { get; init; }

    /// <summary>Reports that the job did not take since the last that it did; it is told again at this time.</summary>
    public int JobRefusals { get; init; }
    public DateTimeOffset? TellJobAt { get; init; }

    /// <summary>Whether every linked job was told how its item ended, or given up.</summary>
    public bool ItemJobsTold { get; init; }

    /// <summary>Rounds over the linked jobs that left some untold; the next one is at this time.</summary>
    public int ItemJobRounds { get; init; }
    public DateTimeOffset? TellItemJobsAt { get; init; }

    /// <summary>What the batch's job, and linked jobs, did not take; shown until they did.</summary>
    public string? JobProblem { get; init; }
    public string? ItemJobsProblem { get; init; }

    /// <summary>Names of the completion handlers that have run, and how often one failed since the last that did.</summary>
    public ImmutableArray<string> Handled { get; init => field = value.IsDefault ? [] : value; } = [];
    public int HandlerFailures { get; init; }

    /// <summary>Nothing of the create that is looked for is left to look for.</summary>
    public BatchAttempt Resolved() => this with { PostedAt = null, InputId = null, LostAt = null, FirstMissedAt = null };

    /// <summary>The provider knows it.</summary>
    public BatchAttempt Found() => this with { NotFoundAnswers = 0, NotFoundSince = null };
}
