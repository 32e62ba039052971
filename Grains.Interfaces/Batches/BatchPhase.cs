namespace JobTracker.Batches;

/// <summary>
/// What the service is doing for a batch, beside its status: a batch is pending or running in every phase but the last two.
/// </summary>
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

    /// <summary>The status is terminal and true, and everybody was told.</summary>
    Done = 5,

    /// <summary>A draft that takes in its items. It is seen by nobody but its maker until it is submitted.</summary>
    Receiving = 6,

    /// <summary>The status is terminal and true; linked jobs are being ended and completion handlers run.</summary>
    PostProcessing = 7,
}

public static class BatchPhaseFacts
{
    extension(BatchPhase phase)
    {
        /// <summary>Whether a provider batch id is known in this phase; a batch that came to nothing before has none.</summary>
        public bool IsAtProvider => phase switch
        {
            BatchPhase.Receiving or BatchPhase.Submitting or BatchPhase.SubmissionUnknown => false,
            BatchPhase.Polling or BatchPhase.Ingesting or BatchPhase.Reconciling or BatchPhase.PostProcessing or BatchPhase.Done => true,
        };

        /// <summary>The word for it in JSON, SQL, logs and metrics.</summary>
        public string Word => phase switch
        {
            BatchPhase.Receiving => "receiving",
            BatchPhase.Submitting => "submitting",
            BatchPhase.SubmissionUnknown => "submission_unknown",
            BatchPhase.Polling => "polling",
            BatchPhase.Ingesting => "ingesting",
            BatchPhase.Reconciling => "reconciling",
            BatchPhase.PostProcessing => "post_processing",
            BatchPhase.Done => "done",
        };
    }
}
