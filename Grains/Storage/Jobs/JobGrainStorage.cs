using JobTracker.Grains.Jobs;
using JobTracker.Grains.Jobs.Callbacks;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage.Jobs.Grouping;
using JobTracker.Jobs;
using JobTracker.Storage;
using JobTracker.Telemetry;
using Orleans.Storage;

namespace JobTracker.Grains.Storage.Jobs;

/// <summary>The grain storage named "jobs": the state of a job grain is one row of the jobs table, read and written in groups.</summary>
internal sealed class JobGrainStorage(GroupCommit commit, GroupRead read, CommitMetrics metrics)
    : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    public const string Name = "jobs";

    /// <summary>Grains are down before this stage stops, so nothing is enqueued behind the drain.</summary>
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(JobGrainStorage),
        ServiceLifecycleStage.ApplicationServices,
        _ =>
        {
            commit.Start();
            read.Start();
            metrics.Watch(() => commit.Waiting);
            return Task.CompletedTask;
        },
        async _ =>
        {
            await commit.DisposeAsync();
            await read.DisposeAsync();
        });

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var isNew = NewJob.IsHintedAt(grainId.Key.ToString()!);
        Set(Typed(grainState), isNew ? null : await read.ReadAsync(IdOf(grainId)));
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var state = Typed(grainState);
        var next = state.State?.Job ?? throw new InvalidOperationException($"The state of {grainId} has no job to store.");
        var before = state.State.Before;
        return StoreAsync(state, IdOf(grainId), next, before);
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var state = Typed(grainState);
        if (state.ETag is not null)
            return StoreAsync(state, IdOf(grainId), next: null, before: null);
        Set(state, job: null);
        return Task.CompletedTask;
    }

    private async Task StoreAsync(IGrainState<JobState> state, JobId id, Job? next, Job? before)
    {
        using var span = Instrumentation.StartBelow("write");
        span?.SetTag("jobtracker.job.id", id.ToString());
        var write = new JobWrite(id, WriteIds.Next(), state.ETag is { } etag ? StoredVersion.Parse(etag) : null, next)
        {
            KeepsMetadata = next is not null && before?.Snapshot.Metadata == next.Snapshot.Metadata,
            Told = next is null ? null : ReceiverResult.Between(before, next),
            Span = span,
        };
        switch (await commit.WriteAsync(write))
        {
            case JobWriteResult.Stored:
                Set(state, next);
                break;
            case var notStored and (JobWriteResult.KeyTaken or JobWriteResult.NotTaken or JobWriteResult.Stale):
                state.State = new JobState { NotStored = notStored };
                break;
            default:
                throw new OutcomeUnknownException(
                    $"The answer to a write of {id} was lost, and the row has changed since: read the job.");
        }
    }

    private static void Set(IGrainState<JobState> state, Job? job)
    {
        state.State = new JobState { Job = job };
        state.ETag = job is null ? null : StoredVersion.Of(job).ToString();
        state.RecordExists = job is not null;
    }

    private static JobId IdOf(GrainId grainId) => JobId.Parse(grainId.Key.ToString()!);

    private static IGrainState<JobState> Typed<T>(IGrainState<T> state) =>
        state as IGrainState<JobState>
            ?? throw new NotSupportedException($"The storage \"{Name}\" keeps {nameof(JobState)}, not {typeof(T).Name}.");
}
