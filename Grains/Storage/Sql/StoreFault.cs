using JobTracker.Storage;

namespace JobTracker.Grains.Storage.Sql;

/// <summary>What a failed statement says about its rows. Each engine tells it from its own errors.</summary>
internal enum StoreFault
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

/// <summary>A statement failed. Those who can do no more about it tell their callers <see cref="ForCallers"/>.</summary>
internal sealed class StoreException(StoreFault fault, Exception inner) : OrleansException(inner.Message, inner)
{
    public StoreFault Fault => fault;

    /// <summary>The row broke a unique index.</summary>
    public bool IsDuplicate { get; init; }

    /// <summary>
    /// The same in the words of <c>JobTracker.Storage</c>; what the database refuses for good is a bug of ours, or a
    /// <see cref="DuplicateRowException"/>. The driver's exception stays behind: a caller in another process may not have its type, and
    /// would then learn nothing but that.
    /// </summary>
    public Exception ForCallers() => fault switch
    {
        StoreFault.Unavailable or StoreFault.Conflict =>
            new StorageUnavailableException($"The database did not do it: {Message}"),
        StoreFault.AnswerLost => new OutcomeUnknownException($"The database's answer was lost: {Message}"),
        StoreFault.RowRefused when IsDuplicate => new DuplicateRowException($"The database has such a row: {Message}"),
        StoreFault.RowRefused => new InvalidOperationException($"The database refuses this: {Message}"),
        _ => throw new InvalidOperationException($"{fault} is no fault."),
    };
}

/// <summary>A row broke a unique index.</summary>
internal sealed class DuplicateRowException(string message) : InvalidOperationException(message);
