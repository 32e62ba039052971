namespace JobTracker.Client.Retrying;

/// <summary>What an exception tells about the call that it ended.</summary>
internal enum Failure
{
    /// <summary>Not carried out, and it may work the next time.</summary>
    NotDone,

    /// <summary>It may or may not have been carried out.</summary>
    Unknown,

    /// <summary>The next time would end the same way.</summary>
    Final,
}
