namespace JobTracker.Tests.Processes.BatchLives;

/// <summary>How a batch comes to its end at the provider.</summary>
internal enum LifeEnding
{
    Completed,

    /// <summary>Through our own API.</summary>
    CancelledByUser,

    /// <summary>At the provider's console: nobody tells us.</summary>
    CancelledAtProvider,
    Expired,

    /// <summary>OpenAI only: the input file is refused.</summary>
    FailedValidation,
}
