using JobTracker.Jobs;
using static JobTracker.Jobs.JobStatus;

namespace JobTracker.Tests.Unit.Jobs;

/// <summary>What a job must look like after any commands, told a second time and more simply than the rules tell it.</summary>
internal sealed class JobModel(JobStatus first)
{
    private static readonly string[] Moves = ["CreatedPending", "PendingRunning", "RunningCompleted", "RunningFailed", "CreatedCancelled",
        "PendingCancelled", "RunningCancelled"];

    public List<JobStatus> History { get; } = [.. new[] { Created, Pending, Running }.TakeWhile(status => status <= first)];
    public long Version { get; private set; } = 1;
    public SortedDictionary<string, int> Metadata { get; } = new(StringComparer.Ordinal);
    public long? Ttft { get; private set; }
    public long? Duration { get; private set; }
    public JobStatus Status => History[^1];

    private bool Ended => Status > Running;

    /// <summary>Whether the command must be accepted; the model moves if so.</summary>
    public bool Cancel()
    {
        if (Ended)
            return Status == Cancelled;
        Enter(Cancelled);
        return true;
    }

    public bool Update(JobStatus? to, (string Key, int? Value)? metadata, long? ttft, long? duration)
    {
        var moves = to is { } asked && asked != Status;
        if (moves && !Moves.Contains($"{Status}{to}"))
            return false;
        if (Ended && ((ttft is not null && ttft != Ttft) || (duration is not null && duration != Duration)))
            return false;
        var changed = Set(metadata) | (ttft is not null && ttft != Ttft) | (duration is not null && duration != Duration);
        (Ttft, Duration) = (ttft ?? Ttft, duration ?? Duration);
        if (moves)
            Enter(to!.Value);
        else if (changed)
            Version++;
        return true;
    }

    /// <summary>What the service measured where nobody gave a duration.</summary>
    public void Measured(long? duration) => Duration ??= duration;

    private bool Set((string Key, int? Value)? metadata) => metadata switch
    {
        null => false,
        (var key, null) => Metadata.Remove(key),
        var (key, value) when Metadata.TryGetValue(key, out var old) && old == value => false,
        var (key, value) => (Metadata[key] = value.Value) == value,
    };

    private void Enter(JobStatus status)
    {
        History.Add(status);
        Version++;
    }
}
