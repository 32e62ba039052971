using System.Net.Sockets;

namespace JobTracker.Silo.Clustering.Members;

/// <summary>
/// Clears the membership table of silos that no one answers for, so that the jobs of several that died at once, or of a whole cluster,
/// wait for no vote of the dead, and those of one wait for no probe that it misses. It rests on three things together: the silo's sign of
/// life in the table, which each writes twice a second, has stood still for <see cref="Silence"/> by this silo's own clock, whatever the
/// clocks of the others say; twice in a row its host has refused a connection to the address, at which a silo listens for as long as it
/// lives, however busy it is; and should both be wrong, a silo that finds itself dead in the table ends itself, and its writes are guarded
/// by the rows' versions like all others.
/// </summary>
/// <remarks>
/// A frozen silo's host accepts connections, a host that is gone refuses none: those are left to Orleans' probes and votes. Before the silo
/// joins, too, because it may not join while a silo of the table does not answer it.
/// </remarks>
internal sealed class VacantAddresses(
    IMembershipTable table, IClusterMembershipService members, ILocalSiloDetails self, TimeProvider clock, ILogger<VacantAddresses> log)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    /// <summary>Two signs of life.</summary>
    internal static readonly TimeSpan Silence = SiloCluster.SignOfLife * 2;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private Dictionary<SiloAddress, Sight> _seen = [];
    private Task _rounds = Task.CompletedTask;

    /// <summary>Between the table's first read and the silo's own entry in it.</summary>
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(VacantAddresses),
        ServiceLifecycleStage.RuntimeGrainServices + 1,
        _ =>
        {
            _rounds = Task.Run(GoRoundAsync, CancellationToken.None);
            return Task.CompletedTask;
        },
        async _ =>
        {
            await _stopping.CancelAsync();
            await _rounds;
        });

    public void Dispose() => _stopping.Dispose();

    private async Task GoRoundAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                if (members.CurrentSnapshot.Members.Values.Any(member => IsOther(member.SiloAddress, member.Status)))
                    await LookAsync();
            }
            catch (Exception) when (!_stopping.IsCancellationRequested)
            {
                // Without the table nothing is known of anybody's signs of life; what is seen next begins anew.
                _seen = [];
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Pace, clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookAsync()
    {
        var all = await table.ReadAllAsync(_stopping.Token);
        await LearnAsync(all.Version);
        var now = clock.GetTimestamp();
        var seen = new Dictionary<SiloAddress, Sight>();
        foreach (var (entry, etag) in all.Members.Where(member => IsOther(member.Item1.SiloAddress, member.Item1.Status)))
        {
            var before = _seen.GetValueOrDefault(entry.SiloAddress);
            var sight = before is not null && before.SignOfLife == entry.IAmAliveTime ? before : new Sight(entry.IAmAliveTime, now);
            if (clock.GetElapsedTime(sight.Since) >= Silence - Pace)
                sight = sight with { Refusals = await IsRefusedAsync(entry.SiloAddress) ? sight.Refusals + 1 : 0 };
            seen[entry.SiloAddress] = sight;
            if (clock.GetElapsedTime(sight.Since) >= Silence && sight.Refusals >= 2)
                await ClearAsync(entry, etag, all.Version.Next(), clock.GetElapsedTime(sight.Since));
        }

        _seen = seen;
    }

    /// <summary>
    /// Written here and not by Orleans, which keeps a queue of those it is to declare dead and lets each wait the longer the more writes
    /// have failed before: long after an outage of the database is over.
    /// </summary>
    private async Task ClearAsync(MembershipEntry silo, string etag, TableVersion next, TimeSpan silence)
    {
        silo.Status = SiloStatus.Dead;
        silo.SuspectTimes = [.. silo.SuspectTimes ?? [], Tuple.Create(self.SiloAddress, clock.GetUtcNow().UtcDateTime)];
        // Where another one wrote at the same time, the next round sees what.
        if (!await table.UpdateRowAsync(silo, etag, next, _stopping.Token))
            return;
        log.NobodyAnswers(silo.SiloAddress, silence.TotalSeconds);
        await LearnAsync(next);
    }

    /// <summary>What any silo wrote is known here within a round, whether its gossip came or not.</summary>
    private async Task LearnAsync(TableVersion written)
    {
        var version = new MembershipVersion(written.Version);
        if (members.CurrentSnapshot.Version < version)
            await members.Refresh(version, _stopping.Token);
    }

    private bool IsOther(SiloAddress silo, SiloStatus status) => !silo.Endpoint.Equals(self.SiloAddress.Endpoint)
        && status is SiloStatus.Joining or SiloStatus.Active or SiloStatus.ShuttingDown or SiloStatus.Stopping;

    private async Task<bool> IsRefusedAsync(SiloAddress silo)
    {
        using var socket = new Socket(silo.Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(silo.Endpoint, _stopping.Token).AsTask().WaitAsync(LongestConnect, clock, _stopping.Token);
            return false;
        }
        catch (SocketException problem)
        {
            return problem.SocketErrorCode == SocketError.ConnectionRefused;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <param name="SignOfLife">What the silo wrote, by its clock.</param>
    /// <param name="Since">When that was first seen, by this silo's.</param>
    /// <param name="Refusals">How often in a row its address was refused since.</param>
    private sealed record Sight(DateTime SignOfLife, long Since, int Refusals = 0);
}
