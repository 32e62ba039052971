using JobTracker.Silos;
using Orleans.Concurrency;

namespace JobTracker.Grains.Sweeper;

/// <summary>
/// Wakes jobs that are due. One for the cluster; two at once, as a failover may bring, wake jobs twice, which changes nothing.
/// </summary>
[Alias("jobtracker.IJobSweeperGrain")]
internal interface IJobSweeperGrain : IGrainWithStringKey
{
    /// <summary>The one key; no hexadecimal number (docs/decisions/0002).</summary>
    const string Key = "sweeper";

    /// <summary>Brings it to life where it is not.</summary>
    [Alias("Nudge")]
    Task NudgeAsync();

    /// <summary>How it is doing; answered beside a sweep.</summary>
    [AlwaysInterleave, Alias("Get")]
    Task<SweeperSnapshot> GetAsync();
}
