namespace JobTracker.Grains.Storage.Jobs;

/// <summary>What a failed statement says about its rows.</summary>
internal enum JobStoreFault
{
    /// <summary>Nothing was stored; the database was not reached, or turned the work away.</summary>
    Unavailable,

    /// <summary>The answer was lost: all of it may be stored, or nothing.</summary>
    AnswerLost,

    /// <summary>Nothing was stored: it lost against another transaction and may win the next time.</summary>
    Conflict,

    /// <summary>Nothing was stored: a row breaks a rule of the database, and will again.</summary>
    RowRefused,
}

/// <summary>A statement failed.</summary>
internal sealed class JobStoreException(JobStoreFault fault, string message, Exception inner) : OrleansException(message, inner)
{
    public JobStoreFault Fault => fault;
}
