namespace JobTracker.Silo.Clustering.Members;

/// <summary>One line for every silo that joins, leaves or dies.</summary>
internal sealed class MembershipNews(IClusterMembershipService members, ILocalSiloDetails self, ILogger<MembershipNews> log)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Dictionary<SiloAddress, SiloStatus>? _known;
    private Task _reading = Task.CompletedTask;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(MembershipNews),
        ServiceLifecycleStage.Active,
        _ =>
        {
            _reading = Task.Run(ReadAsync, CancellationToken.None);
            return Task.CompletedTask;
        },
        async _ =>
        {
            await _stopping.CancelAsync();
            await _reading;
        });

    public void Dispose() => _stopping.Dispose();

    private async Task ReadAsync()
    {
        try
        {
            await foreach (var snapshot in members.MembershipUpdates.WithCancellation(_stopping.Token))
                Tell(snapshot.Members.Values.ToDictionary(member => member.SiloAddress, member => member.Status));
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // It is this silo that leaves.
        }
    }

    private void Tell(Dictionary<SiloAddress, SiloStatus> now)
    {
        var active = now.Values.Count(status => status == SiloStatus.Active);
        if (_known is null)
            log.Joined(self.SiloAddress, active);
        else
            foreach (var (silo, status) in now.Where(silo => !silo.Key.Equals(self.SiloAddress)))
                Tell(silo, _known.GetValueOrDefault(silo), status, active);
        _known = now;
    }

    private void Tell(SiloAddress silo, SiloStatus before, SiloStatus now, int active)
    {
        switch (before, now)
        {
            case (not SiloStatus.Active, SiloStatus.Active):
                log.Joined(silo, active);
                break;
            case (SiloStatus.Active, SiloStatus.ShuttingDown or SiloStatus.Stopping):
                log.Leaves(silo, active);
                break;
            // One that leaves says so first: who dies says nothing.
            case (SiloStatus.Active or SiloStatus.Joining, SiloStatus.Dead):
                log.Died(silo, active);
                break;
        }
    }
}
