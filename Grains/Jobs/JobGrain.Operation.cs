using JobTracker.Grains.Jobs.Doors;
using JobTracker.Jobs;
using JobTracker.Operations;

namespace JobTracker.Grains.Jobs;

/// <summary>The grain's side of operations.</summary>
internal sealed partial class JobGrain
{
    /// <summary>An activation that was made for this alone goes again: an operation comes to very many jobs, once to each.</summary>
    public async Task<OperationEffect> OperateAsync(OperationOnJob command)
    {
        var effect = Here() is { } job && job.Snapshot.OrganizationId == command.Caller.OrganizationId
            ? await OperateAsync(job.Fits(command), command)
            : OperationEffect.NotFound;
        LeaveIfOnlyWoken();
        return effect;
    }

    private async Task<OperationEffect> OperateAsync(bool fits, OperationOnJob command)
    {
        if (!fits)
            return command.Action == OperationAction.Cancel && Here()!.Snapshot.Status.IsTerminal
                ? OperationEffect.AlreadyEnded
                : OperationEffect.NoLongerMatches;
        return await ApplyAsync(await DecideAsync(command.Caller.UserId, (job, act) => job.Decide(command, act))) switch
        {
            JobOutcome.Accepted => OperationEffect.Done,
            JobOutcome.AlreadyDone when _memory.Job?.OperationId == command.Operation => OperationEffect.Done,
            JobOutcome.AlreadyDone => OperationEffect.AlreadyEnded,
            JobOutcome.Refused { Reason: var reason } => OperationEffect.Of(reason),
            _ => OperationEffect.NotFound,
        };
    }
}
