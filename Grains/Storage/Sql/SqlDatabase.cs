namespace JobTracker.Grains.Storage.Sql;

/// <summary>
/// An engine as stores over named queries see it: how a connection is had, and what a failure says. The failures are those that
/// <c>JobTracker.Storage</c> names; what the database refuses for good is an <see cref="InvalidOperationException"/>,
/// a <see cref="DuplicateRowException"/> where the row is one that may be there once.
/// </summary>
internal abstract class SqlDatabase
{
    /// <summary>Work on one connection, without a transaction.</summary>
    public abstract Task<T> RunAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellation);

    /// <summary>Work in one transaction, which is committed when the work says so and rolled back otherwise.</summary>
    public abstract Task<T> WriteAsync<T>(Func<SqlSession, Task<(T Result, bool Commit)>> work, CancellationToken cancellation);
}
