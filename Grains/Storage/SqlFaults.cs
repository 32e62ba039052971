using JobTracker.Grains.Storage.Jobs;
using JobTracker.Storage;

namespace JobTracker.Grains.Storage;

/// <summary>What a failed statement is to those who asked for it.</summary>
internal static class SqlFaults
{
    public static Exception Of(JobStoreFault fault, Exception problem) => fault switch
    {
        JobStoreFault.Unavailable or JobStoreFault.Conflict =>
            new StorageUnavailableException($"The database did not do it: {problem.Message}", problem),
        JobStoreFault.AnswerLost => new OutcomeUnknownException($"The database's answer was lost: {problem.Message}", problem),
        JobStoreFault.RowRefused => new InvalidOperationException($"The database refuses this: {problem.Message}", problem),
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}
