using JobTracker.Grains.Storage.Batches;
using JobTracker.Grains.Storage.Sql;
using Npgsql;

namespace JobTracker.Grains.Storage.PostgreSql;

/// <summary>Batches in PostgreSQL.</summary>
internal sealed class PostgresBatchStore(NpgsqlDataSource database) : SqlBatchStore
{
    internal static readonly SqlFile Sql = SqlFile.Load("PostgreSql.batches.sql");

    private const int TimeoutSeconds = 60;

    protected override async Task<T> RunAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            return await work(new PostgresSession(Sql, connection, transaction: null, TimeoutSeconds));
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            throw new StoreException(PostgresFaults.Of(problem, sent: false), problem).ForCallers();
        }
    }

    protected override async Task<T> WriteAsync<T>(Func<SqlSession, Task<(T Result, bool Commit)>> work, CancellationToken cancellation)
    {
        var committing = false;
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            var (result, commit) = await work(new PostgresSession(Sql, connection, transaction, TimeoutSeconds));
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
            throw new StoreException(fault, problem).ForCallers();
        }
    }

    protected override bool IsDuplicate(Exception problem) => problem is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
