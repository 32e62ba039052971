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

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var state = Typed(grainState);
        var next = state.State?.Job ?? throw new InvalidOperationException($"The state of {grainId} has no job to store.");
        var before = state.State.Before;
        var write = Write(state, IdOf(grainId), next) with
        {
            KeepsMetadata = before?.Snapshot.Metadata == next.Snapshot.Metadata,
            Told = ReceiverResult.Between(before, next),
        };
        if (await StoreAsync(write) is { } notStored)
            state.State = new JobState { NotStored = notStored };
        else
            Set(state, next);
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var state = Typed(grainState);
        if (state.ETag is not null && await StoreAsync(Write(state, IdOf(grainId), next: null)) is { } notStored)
            state.State = new JobState { NotStored = notStored };
        else
            Set(state, job: null);
    }

    private static JobWrite Write(IGrainState<JobState> state, JobId id, Job? next) =>
        new(id, WriteIds.Next(), state.ETag is { } etag ? StoredVersion.Parse(etag) : null, next);

    /// <summary>Null where it is stored.</summary>
    private async Task<JobWriteResult?> StoreAsync(JobWrite write)
    {
        using var span = Instrumentation.Source.StartActivity("write");
        span?.SetTag("jobtracker.job.id", write.Id.ToString());
        return await commit.WriteAsync(write with { Span = span }) switch
        {
            JobWriteResult.Stored => null,
            var notStored and (JobWriteResult.KeyTaken or JobWriteResult.NotTaken or JobWriteResult.Stale) => notStored,
            _ => throw new OutcomeUnknownException($"The answer to a write of {write.Id} was lost, and the row has changed since: read the job."),
        };
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
