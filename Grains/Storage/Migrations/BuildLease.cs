using Npgsql;
using NpgsqlTypes;

namespace JobTracker.Grains.Storage.Migrations;

/// <summary>
/// A row that says which process runs a script, and until when it is believed to live. Unlike a lock it needs no transaction, which would
/// have to stay open for as long as an index takes.
/// </summary>
internal sealed class BuildLease : IAsyncDisposable
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly string _address;
    private readonly string _script;
    private readonly Guid _holder = Guid.CreateVersion7();
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenSource _ended = new();
    private Task _renewing = Task.CompletedTask;

    private BuildLease(string address, string script, CancellationToken cancellation)
    {
        (_address, _script) = (address, script);
        _lost = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    }

    /// <summary>Cancelled when the process shall stop, and when another one may have taken the lease.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Waits for as long as another process has it and goes on living.</summary>
    /// <returns>Null: what it is for has been done meanwhile.</returns>
    public static async Task<BuildLease?> TakeAsync(
        string address, string script, Func<bool> isMissing, TimeProvider clock, CancellationToken cancellation)
    {
        var lease = new BuildLease(address, script, cancellation);
        try
        {
            while (isMissing())
            {
                if (await lease.TryTakeAsync(cancellation))
                {
                    lease._renewing = lease.RenewAsync(clock);
                    return lease;
                }

                await Task.Delay(Look, clock, cancellation);
            }
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }

        await lease.DisposeAsync();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _renewing;
        try
        {
            await ExecuteAsync("release_lease", CancellationToken.None);
        }
        catch (Exception problem) when (problem is NpgsqlException or TimeoutException)
        {
            // It ends by itself.
        }

        _ended.Dispose();
        _lost.Dispose();
    }

    private async Task RenewAsync(TimeProvider clock)
    {
        try
        {
            using var timer = new PeriodicTimer(Length / 3, clock);
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                if (!await TryTakeAsync(_ended.Token))
                    await _lost.CancelAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // What it was for has ended.
        }
        catch (Exception problem) when (problem is NpgsqlException or TimeoutException)
        {
            // Nobody can tell whose it is now.
            await _lost.CancelAsync();
        }
    }

    private async Task<bool> TryTakeAsync(CancellationToken cancellation) => await ExecuteAsync("take_lease", cancellation) is not null;

    private async Task<object?> ExecuteAsync(string query, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(_address);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(PostgresTarget.Sql[query], connection);
        command.Parameters.AddWithValue("script", _script);
        command.Parameters.AddWithValue("holder", _holder);
        command.Parameters.AddWithValue("length", NpgsqlDbType.Interval, Length);
        return await command.ExecuteScalarAsync(cancellation);
    }
}
