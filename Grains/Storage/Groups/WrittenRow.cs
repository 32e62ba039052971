namespace JobTracker.Grains.Storage.Groups;

/// <summary>What a row that was written moves: the counts of its organization, and those of its group.</summary>
/// <param name="ParentId">Null: it is nobody's child.</param>
/// <param name="IsOfGroup">The parent is a group.</param>
/// <param name="GroupState">Null: it is no group itself.</param>
internal readonly record struct WrittenRow(string OrganizationId, string JobType, Guid? ParentId, bool IsOfGroup, string? GroupState);
