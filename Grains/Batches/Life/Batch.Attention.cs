using JobTracker.Grains.Batches.Options;
using JobTracker.Grains.Batches.Providers.Errors;

namespace JobTracker.Grains.Batches.Life;

/// <summary>What a batch that is answered well may yet need a human for. It is cleared by the first answer that does not say it.</summary>
internal sealed partial record Batch
{
    /// <summary>A cancel that was not taken this often is for a human to look at.</summary>
    public const int CancelsThatNeedAttention = 3;

    private Batch Watched(DateTimeOffset now, PollOptions pace)
    {
        var why = UnknownStatus(now, pace) ?? Overdue(now, pace);
        var cancel = Snapshot.CancelRequestedAt is not null && !Attempt.CancelSent && Attempt.CancelError is { } refused
            ? $"The cancel is not taken: {refused}"
            : null;
        return why is null && cancel is null ? this : With(Snapshot with
        {
            LastPollError = ProviderText.Clean(why ?? cancel, 500),
            NeedsAttention = why is not null || Attempt.CancelTries >= CancelsThatNeedAttention,
        });
    }

    private string? UnknownStatus(DateTimeOffset now, PollOptions pace) =>
        Attempt.UnknownAnswers >= pace.AttentionAfterUnknown || now - Attempt.UnknownSince >= pace.AttentionAfterUnknownFor
            ? Snapshot.RawStatus is { Length: > 0 } word
                ? $"The provider shows a status that is not known here: '{word}'."
                : "The provider shows no status."
            : null;

    private string? Overdue(DateTimeOffset now, PollOptions pace) => IsOverdue(now, pace)
        ? $"The batch was to expire at the provider at {Snapshot.ExpiresAt:u}, and is still shown as '{Snapshot.RawStatus}'."
        : null;

    private bool IsOverdue(DateTimeOffset now, PollOptions pace) => now - Snapshot.ExpiresAt >= pace.AttentionAfterExpiry;
}
