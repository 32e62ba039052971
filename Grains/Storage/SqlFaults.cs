using JobTracker.Grains.Storage.Jobs;
using JobTracker.Storage;

namespace JobTracker.Grains.Storage;

/// <summary>
/// What a failed statement is to those who asked for it. The driver's exception stays behind, in words: a caller in another process may not
/// have its type, and would then learn nothing but that.
/// </summary>
internal static class SqlFaults
{
    public static Exception Of(JobStoreFault fault, Exception problem, bool isDuplicate) => fault switch
    {
        JobStoreFault.Unavailable or JobStoreFault.Conflict =>
            new StorageUnavailableException($"The database did not do it: {problem.Message}"),
        JobStoreFault.AnswerLost => new OutcomeUnknownException($"The database's answer was lost: {problem.Message}"),
        JobStoreFault.RowRefused when isDuplicate => new DuplicateRowException($"The database has such a row: {problem.Message}"),
        JobStoreFault.RowRefused => new InvalidOperationException($"The database refuses this: {problem.Message}"),
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}

/// <summary>A row broke a unique index.</summary>
internal sealed class DuplicateRowException(string message) : InvalidOperationException(message);
