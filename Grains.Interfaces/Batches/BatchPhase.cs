namespace JobTracker.Batches;

/// <summary>What the service is doing for a batch, beside its status: a batch is pending or running in every phase but the last.</summary>
[GenerateSerializer, Alias("jobtracker.BatchPhase")]
public enum BatchPhase
{
    /// <summary>Written down before the one create call; nothing is known at the provider yet.</summary>
    Submitting = 0,

    /// <summary>The create call lost its answer: the batch is looked for before anything is sent again.</summary>
    SubmissionUnknown = 1,

    /// <summary>The provider has the batch and is asked about it from time to time.</summary>
    Polling = 2,

    /// <summary>Ended at the provider; its results are being read and stored.</summary>
    Ingesting = 3,

    /// <summary>Every line was read; items without one are being settled and the final status is decided.</summary>
    Reconciling = 4,

    /// <summary>The status is terminal and true.</summary>
    Done = 5,
}

public static class BatchPhaseFacts
{
    extension(BatchPhase phase)
    {
        /// <summary>Whether a provider batch id is known in this phase.</summary>
        public bool IsAtProvider => phase switch
        {
            BatchPhase.Submitting or BatchPhase.SubmissionUnknown => false,
            BatchPhase.Polling or BatchPhase.Ingesting or BatchPhase.Reconciling or BatchPhase.Done => true,
        };
    }
}
