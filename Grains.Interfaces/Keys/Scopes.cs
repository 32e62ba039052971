using System.Collections.Immutable;

namespace JobTracker.Keys;

/// <summary>What a caller may do. Each is also the name of an authorization policy of the gateway.</summary>
public static class Scopes
{
    public const string JobsRead = "jobs:read";
    public const string JobsWrite = "jobs:write";
    public const string BatchesRead = "batches:read";
    public const string BatchesWrite = "batches:write";

    /// <summary>The secret that signs callbacks, and sending them again.</summary>
    public const string CallbacksManage = "callbacks:manage";

    /// <summary>The keys of the own organization.</summary>
    public const string KeysManage = "keys:manage";
    public const string AuditRead = "audit:read";

    /// <summary>All organizations, and with it every other scope.</summary>
    public const string Admin = "admin";

    /// <summary>Every scope there is, in the order in which they are shown.</summary>
    public static ImmutableArray<string> All { get; } =
        [JobsRead, JobsWrite, BatchesRead, BatchesWrite, CallbacksManage, KeysManage, AuditRead, Admin];

    /// <summary>Whether those who hold <paramref name="held"/> may do what needs <paramref name="scope"/>.</summary>
    public static bool Allow(IReadOnlyCollection<string> held, string scope) => held.Contains(scope) || held.Contains(Admin);
}
