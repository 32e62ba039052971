using JobTracker.Callers;
using JobTracker.Gateway.Problems;

namespace JobTracker.Gateway.Lists;

/// <summary>Whose list is asked for: one's own, and with the scope admin another organization's.</summary>
internal static class ListScope
{
    /// <summary>Null where the caller may ask.</summary>
    public static ProblemResult? Refusal(Caller caller, string? organization)
    {
        var isForeign = organization is not null && organization != caller.OrganizationId;
        return isForeign && !caller.IsAdmin ? new ProblemResult(ProblemMap.OtherOrganization) : null;
    }
}
