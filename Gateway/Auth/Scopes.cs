namespace JobTracker.Gateway.Auth;

/// <summary>What a caller may do; also the names of the authorization policies.</summary>
internal static class Scopes
{
    public const string JobsRead = "jobs:read";
    public const string JobsWrite = "jobs:write";

    /// <summary>May read who did what in the own organization.</summary>
    public const string AuditRead = "audit:read";

    /// <summary>May list and count other organizations' jobs.</summary>
    public const string Admin = "admin";
}
