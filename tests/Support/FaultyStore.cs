using System.Collections.Concurrent;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage;
using JobTracker.Grains.Storage.Groups;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Sql;
using JobTracker.Jobs;

namespace JobTracker.Tests.Support;

/// <summary>A real store behind a connection that fails when it is told to.</summary>
internal sealed class FaultyStore(IJobStore store) : IJobStore
{
    private readonly ConcurrentQueue<(PlannedFault Fault, Gate? Gate)> _next = new();
    private readonly ConcurrentQueue<Gate> _gates = new();

    /// <summary>What befalls every statement for which nothing was planned.</summary>
    public PlannedFault Otherwise { get; set; }

    /// <summary>What befalls every write for which nothing was planned, where it is not <see cref="Otherwise"/>.</summary>
    public PlannedFault? OtherwiseOfWrites { get; set; }

    /// <summary>The batches of every write that was tried, in order.</summary>
    public ConcurrentQueue<IReadOnlyList<JobWrite>> Writes { get; } = new();

    /// <summary>The ids of every read that was tried, in order.</summary>
    public ConcurrentQueue<IReadOnlyList<JobId>> Reads { get; } = new();

    /// <summary>An id whose row this version can't read.</summary>
    public JobId? Unreadable { get; set; }

    public int Writers => store.Writers;

    /// <summary>Plans the next statements, one fault each.</summary>
    public void Plan(params ReadOnlySpan<PlannedFault> faults)
    {
        foreach (var fault in faults)
            _next.Enqueue((fault, null));
    }

    /// <summary>The next statement waits at the gate before anything else happens to it.</summary>
    public Gate Hold(PlannedFault fault = PlannedFault.None)
    {
        var gate = new Gate();
        _next.Enqueue((fault, gate));
        _gates.Enqueue(gate);
        return gate;
    }

    /// <summary>Nothing fails or waits from now on.</summary>
    public void Recover()
    {
        _next.Clear();
        Otherwise = PlannedFault.None;
        OtherwiseOfWrites = null;
        foreach (var gate in _gates)
            gate.Open();
    }

    public IJobWriter OpenWriter() => new Writer(this, store.OpenWriter());

    public Task<IReadOnlyList<Job>> ReadAsync(IReadOnlyList<JobId> ids, CancellationToken cancellation)
    {
        Reads.Enqueue(ids);
        return Unreadable is { } id && ids.Contains(id)
            ? throw new FormatException("A status of the future.")
            : RunAsync(() => store.ReadAsync(ids, cancellation));
    }

    public Task<JobWriteResult.KeyTaken?> FindKeyAsync(string organizationId, string key, CancellationToken cancellation) =>
        RunAsync(() => store.FindKeyAsync(organizationId, key, cancellation));

    public Task<JobPage> ListAsync(JobQuery query, PageLimits limits, CancellationToken cancellation) =>
        RunAsync(() => store.ListAsync(query, limits, cancellation));

    public Task<JobCounts> CountAsync(string organizationId, CancellationToken cancellation) =>
        RunAsync(() => store.CountAsync(organizationId, cancellation));

    public Task<IReadOnlyList<JobEnds>> CountEndsAsync(string organizationId, DateTimeOffset since, CancellationToken cancellation) =>
        RunAsync(() => store.CountEndsAsync(organizationId, since, cancellation));

    public Task<int> RemoveEndsAsync(DateTimeOffset before, int limit, CancellationToken cancellation) =>
        RunUnplannedAsync(() => store.RemoveEndsAsync(before, limit, cancellation));

    public Task<IReadOnlyList<ReceiverFigures>> ReadReceiversAsync(
        string organizationId, DateTimeOffset since, int limit, CancellationToken cancellation) =>
        RunAsync(() => store.ReadReceiversAsync(organizationId, since, limit, cancellation));

    public Task<int> RemoveReceiversAsync(DateTimeOffset before, int limit, CancellationToken cancellation) =>
        RunUnplannedAsync(() => store.RemoveReceiversAsync(before, limit, cancellation));

    public Task<IReadOnlyList<DueJob>> ReadDueAsync(DateTimeOffset now, DueJob after, int limit, CancellationToken cancellation) =>
        RunUnplannedAsync(() => store.ReadDueAsync(now, after, limit, cancellation));

    public Task<JobFigures> ReadFiguresAsync(int dueLimit, CancellationToken cancellation) =>
        RunUnplannedAsync(() => store.ReadFiguresAsync(dueLimit, cancellation));

    public Task<IReadOnlyList<WalkedJob>> WalkAsync(JobId after, JobId before, int limit, CancellationToken cancellation) =>
        RunUnplannedAsync(() => store.WalkAsync(after, before, limit, cancellation));

    public Task<IReadOnlyDictionary<JobId, ChildCounts>> CountChildrenAsync(
        IReadOnlyList<JobId> groups, CancellationToken cancellation) =>
        RunUnplannedAsync(() => store.CountChildrenAsync(groups, cancellation));

    public Task<IReadOnlyList<GroupNotice>> ReadNoticesAsync(GroupNotice after, int limit, CancellationToken cancellation) =>
        RunUnplannedAsync(() => store.ReadNoticesAsync(after, limit, cancellation));

    public Task RemoveNoticeAsync(GroupNotice notice, CancellationToken cancellation) => RunUnplannedAsync(async () =>
    {
        await store.RemoveNoticeAsync(notice, cancellation);
        return true;
    });

    public Task ForgetChildrenAsync(JobId group, CancellationToken cancellation) => RunUnplannedAsync(async () =>
    {
        await store.ForgetChildrenAsync(group, cancellation);
        return true;
    });

    /// <summary>What the service asks at moments of its own is no part of a test's plan.</summary>
    private Task<T> RunUnplannedAsync<T>(Func<Task<T>> statement) => RunAsync(statement, (Otherwise, null));

    private Task<T> RunAsync<T>(Func<Task<T>> statement, PlannedFault? otherwise = null) =>
        RunAsync(statement, _next.TryDequeue(out var planned) ? planned : (otherwise ?? Otherwise, null));

    private static async Task<T> RunAsync<T>(Func<Task<T>> statement, (PlannedFault Fault, Gate? Gate) plan)
    {
        var (fault, gate) = plan;
        if (gate is not null)
            await gate.PassAsync();
        if (fault is PlannedFault.LostAfter)
            await statement();
        return fault switch
        {
            PlannedFault.None => await statement(),
            PlannedFault.NotSent => throw Failure(StoreFault.Unavailable),
            PlannedFault.LostBefore or PlannedFault.LostAfter => throw Failure(StoreFault.AnswerLost),
            PlannedFault.Conflict => throw Failure(StoreFault.Conflict),
            PlannedFault.Bug => throw new InvalidOperationException("A bug of the store."),
        };
    }

    private static StoreException Failure(StoreFault fault) => new(fault, new IOException($"planned: {fault}"));

    private sealed class Writer(FaultyStore faulty, IJobWriter writer) : IJobWriter
    {
        public Task<IReadOnlyList<JobWriteResult>> WriteAsync(IReadOnlyList<JobWrite> batch, CancellationToken cancellation)
        {
            faulty.Writes.Enqueue(batch);
            return faulty.RunAsync(() => writer.WriteAsync(batch, cancellation), faulty.OtherwiseOfWrites);
        }

        public bool IsOpen => writer.IsOpen;

        public Task EndAsync(CancellationToken cancellation) => faulty.RunUnplannedAsync(async () =>
        {
            await writer.EndAsync(cancellation);
            return true;
        });

        public ValueTask DisposeAsync() => writer.DisposeAsync();
    }
}
