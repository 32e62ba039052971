using Orleans.Concurrency;

namespace JobTracker.Batches;

/// <summary>The singleton that wakes batches whose <c>next_poll_at</c> has passed. Its one key is <see cref="Key"/>.</summary>
[Alias("jobtracker.IBatchPollerGrain")]
public interface IBatchPollerGrain : IGrainWithStringKey
{
    /// <summary>Never readable as hexadecimal, which its storage would take for a number.</summary>
    const string Key = "poller";

    /// <summary>Makes sure that it runs; every silo calls it again and again.</summary>
    [Alias("Nudge")]
    Task NudgeAsync();

    [AlwaysInterleave, Alias("Get")]
    Task<PollerSnapshot> GetAsync();
}

/// <summary>How the poller is doing; it survives the poller's silo to about half a minute.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.PollerSnapshot")]
public sealed record PollerSnapshot
{
    /// <summary>When the last cycle began; null before the first.</summary>
    [Id(0)] public DateTimeOffset? LastCycleAt { get; init; }

    [Id(1)] public TimeSpan LastCycleDuration { get; init; }

    /// <summary>Batches that the last cycle found due.</summary>
    [Id(2)] public int LastDue { get; init; }

    /// <summary>Cycles, and batches woken, since the beginning.</summary>
    [Id(3)] public long Cycles { get; init; }
    [Id(4)] public long Woken { get; init; }

    /// <summary>Calls to batches that failed since the beginning; what a provider answers is no failure of the poller.</summary>
    [Id(5)] public long Errors { get; init; }

    [Id(6)] public string? LastError { get; init; }
    [Id(7)] public DateTimeOffset? LastErrorAt { get; init; }

    /// <summary>Batches being woken at this moment.</summary>
    [Id(8)] public int InFlight { get; init; }
}
