namespace JobTracker.Silos;

/// <summary>How the sweeper is doing, which wakes jobs that are due: since it came to life at its silo.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.SweeperSnapshot")]
public sealed record SweeperSnapshot
{
    /// <summary>When the last sweep that came through ended; null: none did yet.</summary>
    [Id(0)] public DateTimeOffset? LastSweepAt { get; init; }

    /// <summary>How long it took.</summary>
    [Id(1)] public TimeSpan LastDuration { get; init; }

    /// <summary>How long the most belated job of it had been due; 0 where none was.</summary>
    [Id(2)] public TimeSpan LastLag { get; init; }

    /// <summary>Jobs that it woke.</summary>
    [Id(3)] public int LastWoken { get; init; }

    /// <summary>Jobs that it could not wake; they stay due.</summary>
    [Id(4)] public int LastFailed { get; init; }

    /// <summary>More was due than one sweep takes on.</summary>
    [Id(5)] public bool IsBehind { get; init; }

    /// <summary>Since when no sweep comes through, for want of the database; null: they do.</summary>
    [Id(6)] public DateTimeOffset? FailsSince { get; init; }

    /// <summary>The address of the silo that it is on.</summary>
    [Id(7)] public string? Silo { get; init; }
}
