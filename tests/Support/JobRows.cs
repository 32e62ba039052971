using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Jobs.Grouping;
using JobTracker.Jobs;

namespace JobTracker.Tests.Support;

/// <summary>Jobs as storage sees them: rows and guarded writes, without the rules that make them.</summary>
internal static class JobRows
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static int _organizations;

    /// <summary>An organization that no other test of this process has.</summary>
    public static string NewOrganization() =>
        string.Create(CultureInfo.InvariantCulture, $"org-{Interlocked.Increment(ref _organizations)}-{Random.Shared.Next():x8}");

    public static Job New(string organizationId, JobId? id = null) => new()
    {
        Snapshot = new JobSnapshot
        {
            Id = id ?? JobId.New(TimeProvider.System),
            OrganizationId = organizationId,
            UserId = "user",
            JobType = "job",
            Status = JobStatus.Created,
            Version = 1,
            CreatedAt = Start,
            UpdatedAt = Start,
            History = [new JobTransition(JobStatus.Created, Start, "user", StopReason: null)],
            CreatedById = "user",
            LastUpdatedById = "user",
        },
    };

    /// <summary>The id that the <paramref name="number"/>th job of that moment has.</summary>
    public static JobId IdAt(DateTimeOffset moment, ushort number)
    {
        Span<byte> bytes = stackalloc byte[16];
        JobId.FirstAt(moment).Value.TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[6] = 0x70;
        bytes[8] = 0x80;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[9..], number);
        Random.Shared.NextBytes(bytes[11..]);
        return new JobId(new Guid(bytes, bigEndian: true));
    }

    /// <summary>The whole of it as text, for a comparison that misses nothing.</summary>
    public static string Text(this Job? job) => JsonSerializer.Serialize(job);

    public static Job With(this Job job, Func<JobSnapshot, JobSnapshot> change) => job with { Snapshot = change(job.Snapshot) };

    /// <summary>The version after this one.</summary>
    public static Job Next(this Job job, Func<JobSnapshot, JobSnapshot> change) =>
        job.With(row => change(row) with { Version = row.Version + 1 });

    /// <summary>The version after this one, in another status.</summary>
    public static Job Enter(this Job job, JobStatus status) => job.Next(row => row with
    {
        Status = status,
        CompletedAt = status.IsTerminal ? Start.AddMinutes(1) : null,
        History = row.History.Add(new JobTransition(status, Start, "user", StopReason: null)),
    });

    /// <summary>A version that breaks the table's rule: it has ended, but not in an ended status.</summary>
    public static Job Poisoned(this Job job) => job.Next(row => row with { Status = JobStatus.Running, CompletedAt = Start });

    public static JobWrite Insert(this Job job) => new(job.Snapshot.Id, Guid.CreateVersion7(), Stored: null, job);

    public static JobWrite Replace(this Job stored, Job next) =>
        new(stored.Snapshot.Id, Guid.CreateVersion7(), StoredVersion.Of(stored), next);

    public static JobWrite Remove(this Job stored) => new(stored.Snapshot.Id, Guid.CreateVersion7(), StoredVersion.Of(stored), Next: null);
}
