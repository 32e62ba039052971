using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Groups;

/// <summary>The columns group_state and on_child_failure.</summary>
internal static class GroupStates
{
    public const string Open = "open";

    private const string Sealed = "sealed";

    /// <summary>Null: no group.</summary>
    public static string? Of(JobGroup? group) => group switch
    {
        null => null,
        { IsSealed: true } => Sealed,
        _ => Open,
    };

    public static JobGroup? Read(string? state, string? onChildFailure) =>
        state is null ? null : new JobGroup(state == Sealed, OnChildFailure.FromWord(onChildFailure)!.Value);
}
