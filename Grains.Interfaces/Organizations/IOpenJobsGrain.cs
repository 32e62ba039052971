namespace JobTracker.Organizations;

/// <summary>
/// Gives out an organization's room for open jobs, so that gateways together make no more than its quota. Its key is
/// <see cref="OrganizationKey.Of"/>; it is asked only where there is a quota.
/// </summary>
/// <remarks>What is out at the same moment counts as open until it is told what became of it, for a minute at most.</remarks>
[Alias("jobtracker.IOpenJobsGrain")]
public interface IOpenJobsGrain : IGrainWithStringKey
{
    /// <summary>How many of <paramref name="wanted"/> jobs may be made while at most <paramref name="most"/> may be open.</summary>
    [Alias("Take")]
    Task<int> TakeAsync(int wanted, long most);

    /// <summary>Of those that were taken so many were made; the others are free again.</summary>
    [Alias("Tell")]
    Task TellAsync(int taken, int made);
}
