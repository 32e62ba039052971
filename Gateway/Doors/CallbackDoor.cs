using System.Collections.Immutable;
using JobTracker.Gateway.Calls;
using JobTracker.Jobs;
using JobTracker.Keys;
using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;

namespace JobTracker.Gateway.Doors;

/// <summary>Receivers of callbacks for the pages.</summary>
internal sealed class CallbackDoor(GrainCalls calls) : ICallbackDoor
{
    public Task<ImmutableArray<ReceiverFigures>> ListReceiversAsync(PageCaller who, DateTimeOffset since) => DoorCalls.ReadAsync(
        who, Scopes.JobsRead, () => calls.Jobs.ReadAsync(jobs => jobs.ListReceiversAsync(who.Caller, null, since)));
}
