namespace JobTracker.Callers;

/// <summary>
/// On whose behalf a command runs. Grains compare <see cref="OrganizationId"/> with the owner's; another organization's job does not exist.
/// </summary>
/// <param name="OrganizationId">Who owns what is made and sees what is read. 1 to 128 characters.</param>
/// <param name="UserId">Who stands in <c>history[].by</c>. 1 to 128 characters.</param>
/// <param name="IsAdmin">May list and count other organizations' jobs; gives no right to read or change one.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.Caller")]
public sealed record Caller(
    [property: Id(0)] string OrganizationId,
    [property: Id(1)] string UserId,
    [property: Id(2)] bool IsAdmin = false);
