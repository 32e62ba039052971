using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.MembershipService;

namespace JobTracker.Silo.Clustering.Members;

/// <summary>
/// Orleans' membership table, with an end to every call. Orleans waits for a database that hangs for as long as the driver does, and
/// repeats the goodbyes of a silo that stops for a minute each: while the database is away that is longer than any supervisor waits, and
/// all the others learn of it anyhow, because nobody answers at its address any more.
/// </summary>
internal sealed class BoundedMembershipTable : IMembershipTable
{
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(3);

    /// <summary>Of a silo that stops.</summary>
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(1);

    /// <summary>How long a silo that stops tries for each goodbye, while the database answers.</summary>
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(5);

    /// <summary>The same, once it has not answered.</summary>
    private static readonly TimeSpan HopelessGoodbye = TimeSpan.FromMilliseconds(500);

    private readonly AdoNetClusteringTable _table;
    private readonly ClusterMembershipOptions _membership;
    private readonly TimeProvider _clock;
    private volatile bool _isStopping;
    private volatile bool _failed;

    public BoundedMembershipTable(
        AdoNetClusteringTable table, IOptions<ClusterMembershipOptions> membership, IHostApplicationLifetime lifetime, TimeProvider clock)
    {
        (_table, _membership, _clock) = (table, membership.Value, clock);
        lifetime.ApplicationStopping.Register(() =>
        {
            _isStopping = true;
            Allow(_failed ? HopelessGoodbye : Goodbye);
        });
    }

    public Task InitializeMembershipTable(bool tryInitTableVersion) => InitializeMembershipTableAsync(tryInitTableVersion, default);

    public Task InitializeMembershipTableAsync(bool tryInitTableVersion, CancellationToken cancellationToken = default) =>
        RunAsync(token => _table.InitializeMembershipTableAsync(tryInitTableVersion, token), cancellationToken);

    public Task DeleteMembershipTableEntries(string clusterId) => DeleteMembershipTableEntriesAsync(clusterId, default);

    public Task DeleteMembershipTableEntriesAsync(string clusterId, CancellationToken cancellationToken = default) =>
        RunAsync(token => _table.DeleteMembershipTableEntriesAsync(clusterId, token), cancellationToken);

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => CleanupDefunctSiloEntriesAsync(beforeDate, default);

    public Task CleanupDefunctSiloEntriesAsync(DateTimeOffset beforeDate, CancellationToken cancellationToken = default) =>
        RunAsync(token => _table.CleanupDefunctSiloEntriesAsync(beforeDate, token), cancellationToken);

    public Task<MembershipTableData> ReadRow(SiloAddress key) => ReadRowAsync(key, default);

    public Task<MembershipTableData> ReadRowAsync(SiloAddress key, CancellationToken cancellationToken = default) =>
        RunAsync(token => _table.ReadRowAsync(key, token), cancellationToken);

    public Task<MembershipTableData> ReadAll() => ReadAllAsync(default);

    public Task<MembershipTableData> ReadAllAsync(CancellationToken cancellationToken = default) =>
        RunAsync(_table.ReadAllAsync, cancellationToken);

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => InsertRowAsync(entry, tableVersion, default);

    public Task<bool> InsertRowAsync(MembershipEntry entry, TableVersion tableVersion, CancellationToken cancellationToken = default) =>
        RunAsync(token => _table.InsertRowAsync(entry, tableVersion, token), cancellationToken);

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        UpdateRowAsync(entry, etag, tableVersion, default);

    public Task<bool> UpdateRowAsync(
        MembershipEntry entry, string etag, TableVersion tableVersion, CancellationToken cancellationToken = default) =>
        RunAsync(token => _table.UpdateRowAsync(entry, etag, tableVersion, token), cancellationToken);

    public Task UpdateIAmAlive(MembershipEntry entry) => UpdateIAmAliveAsync(entry, default);

    public Task UpdateIAmAliveAsync(MembershipEntry entry, CancellationToken cancellationToken = default) =>
        RunAsync(token => _table.UpdateIAmAliveAsync(entry, token), cancellationToken);

    /// <summary>The only bound that Orleans has for its goodbyes, read anew at the beginning of each.</summary>
    private void Allow(TimeSpan goodbye) => _membership.MaxJoinAttemptTime = goodbye;

    private Task<bool> RunAsync(Func<CancellationToken, Task> call, CancellationToken cancellation) => RunAsync(
        async token =>
        {
            await call(token);
            return true;
        }, cancellation);

    private async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellation)
    {
        if (_isStopping && _failed)
            throw new TimeoutException("The database was away when the silo began to stop.");
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = call(ending.Token);
        try
        {
            var result = await running.WaitAsync(_isStopping ? LongestFarewell : LongestCall, _clock, cancellation);
            _failed = false;
            return result;
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            _failed = true;
            if (_isStopping)
                Allow(HopelessGoodbye);
            running.Ignore();
            await ending.CancelAsync();
            throw;
        }
    }
}
