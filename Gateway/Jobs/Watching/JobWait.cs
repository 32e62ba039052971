using System.Collections.Immutable;
using JobTracker.Gateway.OpenApi;
using JobTracker.Gateway.Requests;
using JobTracker.Jobs;

namespace JobTracker.Gateway.Jobs.Watching;

/// <summary>What a read waits for: the end of the job, a version beyond one, or (with neither) any change.</summary>
internal sealed record JobWait(TimeSpan Longest, long? AfterVersion, bool UntilTerminal)
{
    public static ImmutableArray<ParameterNote> Parameters(GatewayLimits limits) =>
    [
        ParameterNote.Seconds(
            "wait",
            "Seconds to wait at most for what after_version or until asks for, or else for any change; then the job comes as it is.",
            limits.Wait),
        ParameterNote.Whole("after_version", "Answer as soon as the version is beyond this one.", 0),
        ParameterNote.Word("until", "Answer when the job has ended.", "terminal"),
    ];

    public static JobWait Read(QueryFields query, GatewayLimits limits) => new(
        query.Seconds("wait", limits.Wait) ?? TimeSpan.Zero,
        query.Number("after_version", 0, long.MaxValue),
        query.Word("until", "terminal") is not null);

    /// <summary>Whether <paramref name="job"/> answers a wait that began with <paramref name="first"/>.</summary>
    public bool IsOver(JobSnapshot first, JobSnapshot job) => IsOver(first.Version, job.Version, job.Status.IsTerminal);

    /// <summary>The same of anything that has versions and an end.</summary>
    public bool IsOver(long firstVersion, long version, bool hasEnded) =>
        UntilTerminal ? hasEnded : version > (AfterVersion ?? firstVersion);
}
