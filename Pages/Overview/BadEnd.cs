using System.Collections.Immutable;
using JobTracker.Jobs;

namespace JobTracker.Pages.Overview;

/// <summary>A way to end that somebody should look into, and how the list of jobs finds it.</summary>
/// <param name="Key">Tells it from the others.</param>
/// <param name="Status">How the jobs ended.</param>
/// <param name="StopReason">Why, in the service's own word; null: for whatever reason.</param>
/// <param name="One">What became of one job.</param>
/// <param name="Many">What became of several.</param>
internal sealed record BadEnd(string Key, JobStatus Status, string? StopReason, string One, string Many)
{
    /// <summary>The worker fell silent.</summary>
    public static BadEnd HeartbeatLost { get; } = new(
        "heartbeat_lost", JobStatus.Failed, "heartbeat_lost", "job lost its heartbeat and failed", "jobs lost their heartbeat and failed");

    /// <summary>It ran for too long.</summary>
    public static BadEnd TimedOut { get; } = new(
        "timeout", JobStatus.Failed, "timeout", "job ran out of its timeout and failed", "jobs ran out of their timeout and failed");

    /// <summary>Its deadline passed.</summary>
    public static BadEnd Expired { get; } = new(
        "expired", JobStatus.Expired, null, "job missed its deadline and expired", "jobs missed their deadline and expired");

    public static ImmutableArray<BadEnd> All { get; } = [HeartbeatLost, TimedOut, Expired];
}
