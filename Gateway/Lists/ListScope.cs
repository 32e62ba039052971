using JobTracker.Callers;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;

namespace JobTracker.Gateway.Lists;

/// <summary>Whose list is asked for: one's own, and with the scope admin another organization's.</summary>
internal static class ListScope
{
    /// <summary>What is wrong with the question itself, then whether the caller may ask it; null: it may be answered.</summary>
    public static ProblemResult? Refusal(Caller caller, string? organization, RequestErrors errors)
    {
        if (errors.Any)
            return new ProblemResult(errors.ToProblem());
        var isForeign = organization is not null && organization != caller.OrganizationId;
        return isForeign && !caller.IsAdmin ? new ProblemResult(ProblemMap.OtherOrganization) : null;
    }
}
