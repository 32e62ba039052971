using JobTracker.Callers;
using JobTracker.Grains.Callbacks.Delivery;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs;

/// <summary>The grain's side of its callback's delivery.</summary>
internal sealed partial class JobGrain
{
    public Task<JobOutcome> RedeliverCallbackAsync(Caller caller, RedeliverCallback command) =>
        ChangeAsync(caller, (job, act) => job.Decide(command, act));

    public Task<JobCallbackAttempts?> GetCallbackAttemptsAsync(Caller caller) =>
        Task.FromResult(Visible(caller) is { } job ? new JobCallbackAttempts(job.CallbackLog.Last) : null);

    public Task<JobSnapshot?> GetOwedAsync() => Task.FromResult(Here() is { } job && OwesCallback(job) ? job.Snapshot : null);

    public async Task RecordAsync(CallbackAttempt attempt)
    {
        if (Here() is { } job)
            await ApplyAsync(callbacks.Decide(job, attempt, Act.Of(Act.System, clock, job.Snapshot)));
        LeaveIfOnlyWoken();
    }

    /// <summary>After each change, as the row says that it is owed: an attempt that is waiting or under way is not made twice.</summary>
    private void PostOwedCallback()
    {
        if (_committed is { } job && OwesCallback(job))
            callbacks.Post(job);
    }

    /// <summary>Now, or at the job's last change where another silo's clock was ahead: what it owed then is owed.</summary>
    private bool OwesCallback(Job job) => job.OwesCallback(Act.Of(Act.System, clock, job.Snapshot).At);
}
