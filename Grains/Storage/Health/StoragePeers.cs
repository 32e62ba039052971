using JobTracker.Storage;

namespace JobTracker.Grains.Storage.Health;

/// <summary>
/// What the cluster's other silos say of their storage. They are asked directly, without the database, so that a silo can tell an outage of
/// its own from one of all.
/// </summary>
public sealed class StoragePeers
{
    /// <summary>How long one is waited for; one that does not answer says nothing.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly StorageWitnesses _witnesses;
    private readonly IClusterMembershipService _members;
    private readonly SiloAddress _self;
    private readonly TimeProvider _clock;

    public StoragePeers(
        IServiceProvider services, IClusterMembershipService members, ILocalSiloDetails self, TimeProvider clock) =>
        (_witnesses, _members, _self, _clock) = (new StorageWitnesses(services), members, self.SiloAddress, clock);

    /// <summary>
    /// The silo whose storage has worked for as long as that, if there is one. One that has come back only now is no witness: it will be
    /// back for this silo, too.
    /// </summary>
    public async Task<SiloAddress?> FindWorkingAsync(TimeSpan time, CancellationToken cancellation)
    {
        var others = _members.CurrentSnapshot.Members.Values
            .Where(member => member.Status == SiloStatus.Active && !member.SiloAddress.Equals(_self))
            .Select(member => member.SiloAddress).ToList();
        var standings = await Task.WhenAll(others.Select(silo => AskAsync(silo, cancellation)));
        return others.Zip(standings).FirstOrDefault(answer => answer.Second is { Works: true } works && works.For >= time).First;
    }

    private async Task<StorageStanding?> AskAsync(SiloAddress silo, CancellationToken cancellation)
    {
        try
        {
            return await _witnesses.AskAsync(silo).WaitAsync(Patience, _clock, cancellation);
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }
}
