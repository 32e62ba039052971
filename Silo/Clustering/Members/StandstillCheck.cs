using JobTracker.Storage;

namespace JobTracker.Silo.Clustering.Members;

/// <summary>
/// A silo that stood still (SIGSTOP, a machine that was suspended) for as long as others may take to declare it dead does not know whether
/// its jobs are others' by now, and what it remembers of them may be old. Nothing that it remembers is told before it has read in the
/// membership table that it is still a member; what it writes is guarded by the rows' versions anyway.
/// </summary>
internal sealed class StandstillCheck(
    IMembershipTable table, IClusterMembershipService members, ILocalSiloDetails self, TimeProvider clock, ILogger<StandstillCheck> log)
    : IIncomingGrainCallFilter, ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    /// <summary>The shortest time in which others can declare a silo dead is 2 s (<see cref="SiloCluster"/>).</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _ticks = Task.CompletedTask;
    private Task? _look;
    private bool _isMember;

    /// <summary>When this silo last knew that it was a member, by the clock that goes on while a process stands still.</summary>
    private long _sureAt;

    private bool IsSure => !Volatile.Read(ref _isMember) || clock.GetElapsedTime(Volatile.Read(ref _sureAt)) < Longest;

    /// <summary>While it is a member, and until it has stopped.</summary>
    public void Participate(ISiloLifecycle lifecycle)
    {
        lifecycle.Subscribe(nameof(StandstillCheck), ServiceLifecycleStage.Active, StartAsync);
        lifecycle.Subscribe(nameof(StandstillCheck), ServiceLifecycleStage.RuntimeInitialize, _ => Task.CompletedTask, StopAsync);
    }

    /// <summary>Before the call, and after it: it may have been parked while the silo stood still.</summary>
    /// <exception cref="SiloUnavailableException">The silo is no member any more.</exception>
    /// <exception cref="StorageUnavailableException">The table cannot be read.</exception>
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.TargetId.IsSystemTarget())
        {
            await context.Invoke();
            return;
        }
        if (!IsSure)
            await LookAsync();
        await context.Invoke();
        if (!IsSure)
            await LookAsync();
    }

    public void Dispose() => _stopping.Dispose();

    private Task StartAsync(CancellationToken cancellation)
    {
        Volatile.Write(ref _sureAt, clock.GetTimestamp());
        Volatile.Write(ref _isMember, value: true);
        _ticks = Task.Run(TickAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task StopAsync(CancellationToken cancellation)
    {
        await _stopping.CancelAsync();
        await _ticks;
        Volatile.Write(ref _isMember, value: false);
    }

    private async Task TickAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            var now = clock.GetTimestamp();
            if (IsSure)
                Volatile.Write(ref _sureAt, now);
            else
                await LookAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(Pace, clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One look for all who wait for it.</summary>
    private Task LookAsync()
    {
        lock (_gate)
            return _look is { IsCompleted: false } ? _look : _look = Task.Run(ReadAsync, CancellationToken.None);
    }

    private async Task ReadAsync()
    {
        var now = clock.GetTimestamp();
        log.StoodStill(clock.GetElapsedTime(Volatile.Read(ref _sureAt)).TotalSeconds);
        var status = await StatusAsync();
        if (status is SiloStatus.Dead or SiloStatus.None)
        {
            // Orleans reads the table, too, finds the silo dead, and ends the process.
            members.Refresh(default, _stopping.Token).AsTask().Ignore();
            throw new SiloUnavailableException($"Silo {self.SiloAddress} is no member of the cluster any more.");
        }
        Volatile.Write(ref _sureAt, now);
    }

    private async Task<SiloStatus> StatusAsync()
    {
        try
        {
            var row = await table.ReadRowAsync(self.SiloAddress, _stopping.Token);
            return row.Members is [var (entry, _), ..] ? entry.Status : SiloStatus.None;
        }
        catch (Exception problem) when (!_stopping.IsCancellationRequested)
        {
            throw new StorageUnavailableException("The database does not tell whether this silo is still a member.", problem);
        }
    }
}
