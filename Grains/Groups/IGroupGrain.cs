namespace JobTracker.Grains.Groups;

/// <summary>
/// The side of a group's grain that its notices come to, on behalf of no caller. It awaits neither its children nor a parent.
/// </summary>
[Alias("jobtracker.grains.IGroupGrain")]
internal interface IGroupGrain : IGrainWithStringKey
{
    /// <summary>Looks at the counts of its children, and ends where they say so. Harmless at any time, however often.</summary>
    [Alias("Look")]
    Task<GroupLook> LookAsync();
}

/// <summary>What came of a look.</summary>
/// <param name="IsGone">There is no such job.</param>
/// <param name="Cancel">Its open children are to be cancelled; null: they are not.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.grains.GroupLook")]
internal sealed record GroupLook([property: Id(0)] bool IsGone, [property: Id(1)] ChildCancel? Cancel)
{
    public static readonly GroupLook Done = new(IsGone: false, Cancel: null);
    public static readonly GroupLook Gone = new(IsGone: true, Cancel: null);
}

/// <summary>The open children of a group are to be cancelled, and why.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.grains.ChildCancel")]
internal sealed record ChildCancel([property: Id(0)] string OrganizationId, [property: Id(1)] string StopReason);
