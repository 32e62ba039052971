using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Problems;
using JobTracker.Organizations;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Quotas;

/// <summary>
/// The quota of open jobs (<c>Limits:OpenJobs</c>, or the organization's own): creates beyond it are sent on as such, so that a repetition
/// is still told of its job. Counted over all gateways; the jobs of batches, and of .NET clients over Orleans, count and are never refused.
/// </summary>
internal sealed class OpenJobs(GrainCalls calls, IOptions<GatewayLimits> limits)
{
    /// <summary>Makes up to <paramref name="wanted"/> jobs.</summary>
    /// <param name="make">Gets how many there is room for, and tells how many were made.</param>
    public async Task<T> WithinAsync<T>(HttpContext http, int wanted, Func<int, Task<(T Answer, int Made)>> make)
    {
        if (((http.User.Identity as CallerIdentity)?.Limits.OpenJobs ?? limits.Value.OpenJobs) is not { } most)
            return (await make(wanted)).Answer;
        var room = calls.OpenJobsOf(http.Caller().OrganizationId);
        // Taken twice, what nobody tells of is free again after a minute.
        var given = await room.SendSafelyAsync(grain => grain.TakeAsync(wanted, most));
        var made = given;
        try
        {
            (var answer, made) = await make(given);
            return answer;
        }
        finally
        {
            if (given > 0)
                await TellAsync(room, given, made);
        }
    }

    /// <summary>Lost, it is found out by the next count: what was made stays made.</summary>
    private static async Task TellAsync(CallsTo<IOpenJobsGrain> room, int taken, int made)
    {
        try
        {
            await room.SendAsync(grain => grain.TellAsync(taken, made));
        }
        catch (Exception fault) when (Outage.IsPassing(fault))
        {
            // The answer tells of the jobs that were made.
        }
    }
}
