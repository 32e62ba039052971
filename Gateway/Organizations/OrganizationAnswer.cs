using JobTracker.Gateway.Problems;
using JobTracker.Organizations;

namespace JobTracker.Gateway.Organizations;

/// <summary>What became of a change of an organization.</summary>
/// <param name="Organization">As it is after the change; null: nothing was changed.</param>
/// <param name="Problem">Why nothing was changed; null: it is done.</param>
internal sealed record OrganizationAnswer(OrganizationSnapshot? Organization, Problem? Problem)
{
    public static OrganizationAnswer Changed(OrganizationSnapshot organization) => new(organization, null);

    public static OrganizationAnswer Refused(Problem problem) => new(null, problem);

    /// <summary>How it ended, for the audit event.</summary>
    public IResult End => Problem is { } problem ? new ProblemResult(problem) : TypedResults.Ok();
}
