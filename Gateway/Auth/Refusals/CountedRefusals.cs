using JobTracker.Keys;

namespace JobTracker.Gateway.Auth.Refusals;

/// <summary>What happens of each credential that was refused, whatever way it came.</summary>
internal sealed class CountedRefusals(RefusalBudget budget, RefusedCredentials refused)
{
    /// <summary>False: the address has spent its budget of refusals.</summary>
    public bool Count(HttpContext http, string? credential)
    {
        var isKey = ApiKey.TryParse(credential, out var key);
        refused.Note(http, key?.Id.ToString(), isKey ? "refused" : "malformed");
        return budget.Spend(http);
    }
}
