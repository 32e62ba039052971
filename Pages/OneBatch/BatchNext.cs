using JobTracker.Batches;

namespace JobTracker.Pages.OneBatch;

/// <summary>What is being done for a batch, as a sentence around its moment.</summary>
/// <param name="Before">The words before the moment.</param>
/// <param name="At">The moment; null: there is none.</param>
public sealed record BatchNext(string Before, DateTimeOffset? At)
{
    public static BatchNext Of(BatchSnapshot batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Phase switch
        {
            BatchPhase.Receiving => new("It takes in its items.", null),
            BatchPhase.Submitting => Due(batch, "It is sent to the provider", "It is being sent to the provider."),
            BatchPhase.SubmissionUnknown => Due(
                batch, "Whether the provider has it is not known: it is looked for there", "Whether the provider has it is not known."),
            BatchPhase.Polling when batch.CancelRequestedAt is not null => Due(
                batch, "The provider was asked to cancel it, and is asked how it stands", "The provider was asked to cancel it."),
            BatchPhase.Polling => Due(
                batch, "The provider is asked how it stands", "It is at the provider, and is not asked about by itself."),
            BatchPhase.Ingesting => Due(
                batch, "It has ended at the provider: its results are read and stored", "Its results are being read."),
            BatchPhase.Reconciling => Due(batch, "Items without a result are settled", "Items without a result are being settled."),
            BatchPhase.PostProcessing => Due(
                batch, "It has ended: its jobs are told, and completion handlers run", "It has ended; its jobs are being told."),
            BatchPhase.Done => new("Nothing: it has ended, and everybody was told.", null),
        };
    }

    private static BatchNext Due(BatchSnapshot batch, string due, string otherwise) =>
        batch.NextPollAt is { } at ? new(due, at) : new(otherwise, null);
}
