using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Groups;

/// <summary>What a parent's row says about whether it takes a child; save_jobs of PostgreSQL has the same rule.</summary>
/// <param name="GroupState">Null: it is no group, and takes any of its organization.</param>
/// <param name="Ancestors">The groups above it, one space between two ids, the topmost first; null: none.</param>
/// <param name="OnChildFailure">Of a group.</param>
internal readonly record struct ParentRow(
    Guid Id, string OrganizationId, JobStatus Status, string? GroupState, string? Ancestors, OnChildFailure? OnChildFailure)
{
    /// <summary>Characters of an id, and the space before it.</summary>
    private const int Step = 37;

    /// <summary>The groups above a child, this one included; null: this is no group.</summary>
    public string? Path => GroupState is null ? null : Ancestors is null ? $"{Id:D}" : $"{Ancestors} {Id:D}";

    /// <summary>Why the child may not be; null: it may.</summary>
    /// <param name="child">Its id.</param>
    /// <param name="organizationId">The child's.</param>
    /// <param name="parent">Null: there is no such job.</param>
    /// <param name="depth">How many groups may stand above a job.</param>
    public static Refusal? Problem(JobId child, string organizationId, ParentRow? parent, int depth)
    {
        if (parent is not { } row || row.OrganizationId != organizationId)
            return new Refusal.InvalidField("parent_id", "names no job of this organization");
        if (row.Path is not { } path)
            return null;
        if (row.GroupState != GroupStates.Open || row.Status.IsTerminal)
            return new Refusal.GroupSealed(new JobId(row.Id), row.Status);
        if ((path.Length + 1) / Step > depth)
            return new Refusal.InvalidField("parent_id", $"names a group that stands below as many as there may be ({depth})");
        return path.Contains($"{child.Value:D}", StringComparison.Ordinal)
            ? new Refusal.InvalidField("parent_id", "names a group that belongs to this job")
            : null;
    }
}
