using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Groups;

/// <summary>
/// What one transaction moves in the counts of groups, and which of them have to look; save_jobs of PostgreSQL says the same.
/// </summary>
internal sealed class ChildMoves
{
    private readonly Dictionary<(Guid Group, JobStatus Status), int> _moves = [];

    /// <summary>The groups that have to look.</summary>
    public HashSet<Guid> Notices { get; } = [];

    public IEnumerable<((Guid Group, JobStatus Status) Of, int Change)> Moves =>
        _moves.Where(move => move.Value != 0).Select(move => (move.Key, move.Value));

    /// <param name="id">The row's.</param>
    /// <param name="row">What it is.</param>
    /// <param name="before">Null: it is new.</param>
    /// <param name="after">Null: it was removed.</param>
    /// <param name="isCancelling">The group of a new child cancels what is open once one has failed.</param>
    public void Note(JobId id, WrittenRow row, JobStatus? before, JobStatus? after, bool isCancelling)
    {
        if (row is { IsOfGroup: true, ParentId: { } group })
            NoteChild(group, before, after, isCancelling);
        if (row.GroupState is { } state && before is not null && (before != after || state != GroupStates.Open))
            Notices.Add(id.Value);
    }

    /// <summary>The count of a child that has ended stays when it is removed; one that is removed open counts as cancelled.</summary>
    private void NoteChild(Guid group, JobStatus? before, JobStatus? after, bool isCancelling)
    {
        if (before == after || (after is null && before is { IsTerminal: true }))
            return;
        var entered = after ?? JobStatus.Cancelled;
        if (before is { } left)
            Move(group, left, -1);
        Move(group, entered, +1);
        if (entered.IsTerminal || isCancelling)
            Notices.Add(group);
    }

    private void Move(Guid group, JobStatus status, int change) =>
        _moves[(group, status)] = _moves.GetValueOrDefault((group, status)) + change;
}
