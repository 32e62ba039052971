namespace JobTracker.Storage;

// OrleansExceptions, as are all that the grain storage throws: Orleans wraps
// every other exception of a storage into one that says only its text.

/// <summary>The database did not do it, for a reason that may pass. Nothing was stored; the command may be repeated.</summary>
[GenerateSerializer, Alias("jobtracker.StorageUnavailableException")]
public sealed class StorageUnavailableException : OrleansException
{
    public StorageUnavailableException()
    {
    }

    public StorageUnavailableException(string message)
        : base(message)
    {
    }

    public StorageUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>More work waits than the service takes on. Nothing was stored; repeat the command after a pause.</summary>
[GenerateSerializer, Alias("jobtracker.StorageOverloadedException")]
public sealed class StorageOverloadedException : OrleansException
{
    public StorageOverloadedException()
    {
    }

    public StorageOverloadedException(string message)
        : base(message)
    {
    }

    public StorageOverloadedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>The connection was lost at a point where the change may or may not be stored: read the job before acting on either.</summary>
[GenerateSerializer, Alias("jobtracker.OutcomeUnknownException")]
public sealed class OutcomeUnknownException : OrleansException
{
    public OutcomeUnknownException()
    {
    }

    public OutcomeUnknownException(string message)
        : base(message)
    {
    }

    public OutcomeUnknownException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
