using JobTracker.Batches;

namespace JobTracker.Grains.Batches.Providers;

/// <summary>How far a batch is at its provider, in words that all dialects share.</summary>
internal enum ProviderStage
{
    /// <summary>A word this version does not know: it changes nothing, the raw status is stored, polling goes on.</summary>
    Unrecognized = 0,
    Validating = 1,
    Running = 2,
    Finalizing = 3,

    /// <summary>A cancellation was asked for. Work that is under way may still succeed: this is running.</summary>
    Cancelling = 4,

    /// <summary>The provider does nothing more: fetch the results. Not a terminal status of the batch.</summary>
    Ended = 5,
}

/// <summary>What the provider itself says of a batch that ended.</summary>
internal enum ProviderEnd
{
    Completed = 0,
    Failed = 1,
    Cancelled = 2,
    Expired = 3,
}

internal static class ProviderStageFacts
{
    extension(ProviderStage stage)
    {
        /// <summary>
        /// The status a batch has in this stage. Ended means running still, until its results are reconciled; unrecognized keeps what was.
        /// </summary>
        public BatchStatus Shown(BatchStatus current) => stage switch
        {
            ProviderStage.Unrecognized => current,
            ProviderStage.Validating => BatchStatus.Pending,
            ProviderStage.Running or ProviderStage.Finalizing or ProviderStage.Cancelling or ProviderStage.Ended => BatchStatus.Running,
        };

        /// <summary>Stages that are short, so that they are asked about soon again.</summary>
        public bool IsBrief => stage is ProviderStage.Validating or ProviderStage.Finalizing or ProviderStage.Cancelling;
    }
}
