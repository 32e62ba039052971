using JobTracker.Grains.Storage.Sql;
using Npgsql;

namespace JobTracker.Grains.Storage.PostgreSql;

/// <summary>PostgreSQL through a silo's pool.</summary>
/// <param name="database">The pool; its owner closes it.</param>
/// <param name="sql">The queries of the store.</param>
internal sealed class PostgresDatabase(PostgresPool database, SqlFile sql) : SqlDatabase
{
    private const int TimeoutSeconds = 60;

    public override async Task<T> RunAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            return await work(new PostgresSession(sql, connection, transaction: null, TimeoutSeconds));
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            throw new StoreException(PostgresFaults.Of(problem, sent: false), problem) { IsDuplicate = IsDuplicate(problem) }.ForCallers();
        }
    }

    public override async Task<T> WriteAsync<T>(Func<SqlSession, Task<(T Result, bool Commit)>> work, CancellationToken cancellation)
    {
        var committing = false;
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await using (var begin = new NpgsqlCommand(PostgresPool.Sql["begin_write"], connection, transaction))
                await begin.ExecuteNonQueryAsync(cancellation);
            var (result, commit) = await work(new PostgresSession(sql, connection, transaction, TimeoutSeconds));
            if (!commit)
                return result;
            committing = true;
            await transaction.CommitAsync(cancellation);
            return result;
        }
        catch (Exception problem) when (committing || problem is not OperationCanceledException)
        {
            // Only a commit leaves its fate open: whatever fails before it is rolled back.
            var fault = PostgresFaults.Of(problem, sent: committing);
            var known = !committing && fault is StoreFault.AnswerLost ? StoreFault.Unavailable : fault;
            throw new StoreException(known, problem) { IsDuplicate = IsDuplicate(problem) }.ForCallers();
        }
    }

    private static bool IsDuplicate(Exception problem) => problem is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
