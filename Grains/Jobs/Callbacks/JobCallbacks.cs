using JobTracker.Grains.Callbacks.Delivery;
using JobTracker.Grains.Callbacks.Sending;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Organizations;
using JobTracker.Jobs;
using JobTracker.Telemetry;

namespace JobTracker.Grains.Jobs.Callbacks;

/// <summary>Between jobs and the delivery of their callbacks, in one silo: what is owed, when, and who is told what came of it.</summary>
internal sealed class JobCallbacks(
    CallbackDispatcher dispatcher,
    CallbackSender sender,
    CallbackSecretCache secrets,
    CallbackSchedule schedule,
    IGrainFactory grains,
    LogSubjects subjects,
    Random random)
{
    /// <summary>The job as it must be stored after <paramref name="before"/>.</summary>
    public Job Owing(Job next, Job? before)
    {
        var owing = next.OwingCallback(before, schedule, random.NextDouble());
        return Instrumentation.Recorded is { Id: { } change } && BeginsToOwe(owing, before)
            ? owing with { CallbackLog = owing.CallbackLog with { OwedBy = change } }
            : owing;
    }

    public Decision Decide(Job job, CallbackAttempt attempt, Act act) => job.Decide(attempt, schedule, random.NextDouble(), act);

    /// <summary>Has the attempt that a job owes made, on this silo and soon; posted again meanwhile, it is made once.</summary>
    /// <remarks>
    /// What waits is the job's id alone: what is sent is read from its grain when its turn comes, when it may no longer be owed.
    /// </remarks>
    /// <returns>False: too many wait. Its row says that it is owed, and the sweeper comes back to it.</returns>
    public bool Post(Job job)
    {
        var subject = new LogSubject(job.Snapshot.Id.ToString(), job.Snapshot.OrganizationId);
        var owedBy = job.CallbackLog.OwedBy;
        return dispatcher.TryPost(
            subject.Id!,
            job.Snapshot.OrganizationId,
            CallbackMessage.HostOf(job.Snapshot.Callback!.Url) ?? "",
            cancellation => AttemptAsync(subject, owedBy, cancellation));
    }

    /// <returns>Whether the receiver's host is well; null when nothing was sent.</returns>
    private async Task<bool?> AttemptAsync(LogSubject subject, string? owedBy, CancellationToken cancellation)
    {
        subjects.Enter(subject);
        using var span = AttemptSpan.Open(subject.Id!, owedBy);
        var grain = grains.GetGrain<IJobCallbackGrain>(subject.Id!);
        if (await grain.GetOwedAsync() is not { } job)
            return null;
        var attempt = await sender.SendAsync(MessageOf(job), await secrets.OfAsync(job.OrganizationId), cancellation);
        AttemptSpan.Close(span, job, attempt);
        await grain.RecordAsync(attempt);
        return attempt.HostIsWell;
    }

    /// <summary>By the end of the job, or because it was asked for again.</summary>
    private static bool BeginsToOwe(Job next, Job? before) =>
        next.Snapshot.Callback?.NextAttemptAt is not null
            && (before?.Snapshot.Callback?.NextAttemptAt is null || next.CallbackLog.BeforeRound != before.CallbackLog.BeforeRound);

    private static CallbackMessage MessageOf(JobSnapshot job)
    {
        var (id, status) = (job.Id.ToString(), job.Status.Word);
        return new CallbackMessage(
            CallbackMessage.IdOf(id, status), job.Callback!.Url, CallbackBody.Of(id, status, job.CompletedAt!.Value, job.Metadata));
    }
}
