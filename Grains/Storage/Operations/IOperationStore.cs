using JobTracker.Grains.Operations.Life;
using JobTracker.Operations;

namespace JobTracker.Grains.Storage.Operations;

/// <summary>
/// The port to a database that keeps operations. Two adapters, one conformance suite. Failures are those that <c>JobTracker.Storage</c>
/// names.
/// </summary>
internal interface IOperationStore
{
    /// <summary>Stores a new one, unless as many of the organization's are open as may, or its key is another one's.</summary>
    Task<OperationAdded> AddAsync(Operation operation, int most, CancellationToken cancellation);

    /// <summary>Null where there is none.</summary>
    Task<Operation?> ReadAsync(OperationId id, CancellationToken cancellation);

    /// <summary>Whose a key of the organization is, and what was asked for under it; null: nobody's.</summary>
    Task<(OperationId Id, string Fingerprint)?> FindKeyAsync(string organizationId, string key, CancellationToken cancellation);

    /// <summary>Stores the next version with the jobs that failed on the way; false: the row is not at the version before it.</summary>
    Task<bool> SaveAsync(Operation next, IReadOnlyList<OperationError> errors, CancellationToken cancellation);

    Task<OperationPage> ListAsync(string organizationId, OperationQuery query, CancellationToken cancellation);

    /// <summary>Those that have not ended, in the order in which they run.</summary>
    Task<IReadOnlyList<OperationId>> ReadOpenAsync(string organizationId, int limit, CancellationToken cancellation);

    /// <summary>The organizations that have any which has not ended.</summary>
    Task<IReadOnlyList<string>> ReadOpenOrganizationsAsync(int limit, CancellationToken cancellation);

    /// <summary>The jobs that failed, behind a place.</summary>
    Task<IReadOnlyList<OperationError>> ReadErrorsAsync(OperationId id, long after, int limit, CancellationToken cancellation);

    /// <summary>Removes up to <paramref name="limit"/> operations that ended before a moment, the oldest first; how many.</summary>
    Task<int> RemoveAsync(DateTimeOffset before, int limit, CancellationToken cancellation);
}

/// <summary>What became of a new operation.</summary>
internal enum OperationAdded
{
    Stored,
    KeyTaken,
    TooMany,
}
