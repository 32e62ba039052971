using System.Diagnostics.Metrics;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;
using JobTracker.Telemetry;

namespace JobTracker.Grains.Jobs.Telemetry;

/// <summary>The figures of jobs, counted where a change is stored.</summary>
internal sealed class JobMetrics
{
    private readonly Counter<long> _created;
    private readonly Counter<long> _transitions;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _givenUp;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _queueTime;
    private readonly JobTypes _types = new();

    public JobMetrics(IMeterFactory meters)
    {
        var meter = Instrumentation.Of(meters);
        _created = meter.Counter(Metrics.JobCreated);
        _transitions = meter.Counter(Metrics.JobTransitions);
        _refused = meter.Counter(Metrics.JobRefused);
        _givenUp = meter.Counter(Metrics.CallbackGivenUp);
        _duration = meter.Histogram<double>(Metrics.JobDuration);
        _queueTime = meter.Histogram<double>(Metrics.JobQueueTime);
    }

    /// <summary>A change that is stored; null: there was no job, or there is none any more.</summary>
    public void Stored(Job? before, Job? next)
    {
        if (next?.Snapshot is not { } job)
            return;
        if (before is null)
            Add(_created, Metrics.JobType, job.JobType);
        else if (before.Snapshot.Status != job.Status)
            _transitions.Add(1, new("from", before.Snapshot.Status.Word), new("to", job.Status.Word));
        if (job.Status != before?.Snapshot.Status)
            Entered(job);
        if (before?.Snapshot.Callback is { NextAttemptAt: not null } && job.Callback is { NextAttemptAt: null, DeliveredAt: null })
            _givenUp.Add(1);
    }

    /// <summary>What a caller is told, counted where it is a refusal.</summary>
    public JobOutcome Told(JobOutcome outcome)
    {
        if (outcome is JobOutcome.Refused { Reason: var reason } && _refused.Enabled)
            _refused.Add(1, new KeyValuePair<string, object?>("reason", WordOf(reason)));
        return outcome;
    }

    private void Entered(JobSnapshot job)
    {
        if (job.Status is JobStatus.Running && _queueTime.Enabled)
            _queueTime.Record((job.UpdatedAt - job.CreatedAt).TotalSeconds);
        if (job.CompletedAt is { } end && _duration.Enabled)
            _duration.Record(
                (end - job.CreatedAt).TotalSeconds, new(Metrics.JobType, _types.Bounded(job.JobType)), new("status", job.Status.Word));
    }

    private void Add(Counter<long> counter, string name, string type)
    {
        if (counter.Enabled)
            counter.Add(1, new KeyValuePair<string, object?>(name, _types.Bounded(type)));
    }

    private static string WordOf(Refusal reason) => reason switch
    {
        Refusal.TransitionNotAllowed => "transition_not_allowed",
        Refusal.JobHasEnded => "job_has_ended",
        Refusal.VersionMismatch => "version_mismatch",
        Refusal.IdempotencyKeyReused => "idempotency_key_reused",
        Refusal.InvalidField => "invalid_field",
        Refusal.OpenJobsQuota => "open_jobs_quota",
        Refusal.NothingToRedeliver => "nothing_to_redeliver",
        Refusal.NothingToRetry => "nothing_to_retry",
        Refusal.JobFollowsBatch => "job_follows_batch",
        _ => "_OTHER",
    };
}
