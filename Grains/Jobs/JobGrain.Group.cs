using JobTracker.Grains.Groups;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;
using JobTracker.Storage;

namespace JobTracker.Grains.Jobs;

/// <summary>The grain of a job that is a group.</summary>
internal sealed partial class JobGrain
{
    public async Task<GroupLook> LookAsync()
    {
        if (Here() is not { } job)
            return GroupLook.Gone;
        if (job.Snapshot.Group is null)
            return GroupLook.Done;
        var children = await groupChildren.OfAsync(job.Snapshot.Id);
        job = _memory.Job!;
        await ApplyAsync(job.Decide(children, Act.Of(Act.System, clock, job.Snapshot)));
        LeaveIfOnlyWoken();
        return job.CancelsChildren(children)
            ? new GroupLook(IsGone: false, new ChildCancel(job.Snapshot.OrganizationId, job.ChildStopReason))
            : GroupLook.Done;
    }

    /// <summary>
    /// A group that was just sealed may have nothing left to wait for. Its notice is stored with the seal: where this fails, the sweeper
    /// makes it look.
    /// </summary>
    private async Task<JobOutcome> SealedAsync(JobOutcome outcome)
    {
        if (outcome is not (JobOutcome.Accepted or JobOutcome.AlreadyDone)
            || _memory.Job is not { Snapshot: { Group.IsSealed: true, Status.IsTerminal: false } })
            return outcome;
        try
        {
            await LookAsync();
            return outcome is JobOutcome.Accepted && _memory.Job is { } job ? new JobOutcome.Accepted(job.Snapshot) : outcome;
        }
        catch (Exception problem) when (problem is StorageUnavailableException or StorageOverloadedException or OutcomeUnknownException)
        {
            log.GroupLooksLater(problem, this.GetPrimaryKeyString());
            return outcome;
        }
    }

    /// <summary>What is no group has nothing more to show, and its change is waited for by nobody in between.</summary>
    private Task<JobOutcome> ShownAsync(Task<JobOutcome> change, bool seals = false) =>
        _memory.Job is { Snapshot.Group: not null } ? OfGroupAsync(change, seals) : change;

    private async Task<JobOutcome> OfGroupAsync(Task<JobOutcome> change, bool seals)
    {
        var outcome = await change;
        return await ShownAsync(seals ? await SealedAsync(outcome) : outcome);
    }

    /// <summary>With the counts of its children, where it is a group and they can be had.</summary>
    private async ValueTask<JobOutcome> ShownAsync(JobOutcome outcome) => outcome switch
    {
        JobOutcome.Accepted { Job: { Group: not null } job } => new JobOutcome.Accepted(await groupChildren.TryShowAsync(job)),
        JobOutcome.AlreadyDone { Job: { Group: not null } job } => new JobOutcome.AlreadyDone(await groupChildren.TryShowAsync(job)),
        _ => outcome,
    };
}
