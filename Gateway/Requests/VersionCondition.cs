using System.Collections.Immutable;
using System.Globalization;
using JobTracker.Gateway.Problems;
using JobTracker.Jobs;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace JobTracker.Gateway.Requests;

/// <summary>
/// What <c>If-Match</c> asks for (RFC 9110, 13.1.1): any of some versions, by strong comparison, or whatever there is. A command is decided
/// against one version, so a list is tried: with its first version, and again with the job's own where that is in the list, too.
/// </summary>
/// <param name="versions">Null where any version will do: no header, or <c>*</c>. Empty where no tag names a version of ours.</param>
/// <param name="weak">Versions of weak tags, which never match.</param>
internal sealed class VersionCondition(ImmutableArray<long>? versions, ImmutableArray<long> weak)
{
    /// <summary>A version that no job has: what a tag asks for that is none of ours.</summary>
    private const long NoVersion = 0;

    public static VersionCondition None { get; } = new(null, []);

    public static VersionCondition Read(StringValues header, RequestErrors errors)
    {
        if (header.Count == 0)
            return None;
        if (!EntityTagHeaderValue.TryParseList(header, out var tags) || tags.Count == 0)
        {
            errors.InHeader(HeaderNames.IfMatch, "must be entity tags, such as \"3\", or *");
            return None;
        }
        return tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any))
            ? None
            : new VersionCondition(Versions(tags.Where(tag => !tag.IsWeak)), Versions(tags.Where(tag => tag.IsWeak)));
    }

    /// <summary>Sends the command under one version after the other, until one is the job's or the job's is none of them.</summary>
    public async Task<JobOutcome> SendAsync(Func<long?, Task<JobOutcome>> send)
    {
        var expected = versions is { } some ? some.FirstOrDefault(NoVersion) : (long?)null;
        while (true)
        {
            var outcome = await send(expected);
            if (outcome is not JobOutcome.Refused { Reason: Refusal.VersionMismatch { Actual: var actual } } || actual == expected
                || versions?.Contains(actual) is not true)
                return outcome;
            expected = actual;
        }
    }

    /// <summary>
    /// Why a command was refused for its version, where a proxy on the way is
    /// to blame: it says so, since the caller sent the tag that it was given.
    /// </summary>
    public Problem Explained(Refusal.VersionMismatch refused)
    {
        var problem = ProblemMap.Of(refused) with { ExpectedVersion = refused.Expected == NoVersion ? null : refused.Expected };
        return weak.Contains(refused.Actual) ? problem with { Detail = Weakened(refused.Actual) } : problem;
    }

    private static string Weakened(long version) => string.Create(CultureInfo.InvariantCulture,
        $"The tag W/\"{version}\" is weak, and If-Match takes strong ones only (RFC 9110, 13.1.1): a proxy on the way has weakened it. Send \"{version}\".");

    private static ImmutableArray<long> Versions(IEnumerable<EntityTagHeaderValue> tags) =>
        [.. tags.Select(EntityTag.VersionOf).OfType<long>().Distinct()];
}
