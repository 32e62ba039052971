using JobTracker.Keys;
using JobTracker.Tests.Integration.Gateway.Batches;

namespace JobTracker.Tests.Integration.Gateway.Isolation;

/// <summary>What the table says of one endpoint.</summary>
/// <param name="Scope">The scope that it needs; null: to be signed in is enough.</param>
/// <param name="Body">One that is taken; words in &lt;&gt; are filled with what belongs to another, and with what is nobody's.</param>
internal sealed record RouteCase(string? Scope, string? Body = null)
{
    /// <summary>Nobody needs to sign in.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>What the <c>{id}</c> of its path is; null: there is none, or it belongs to no organization.</summary>
    public string? Id { get; init; }

    /// <summary>What it makes goes on by itself: storage is read at any time.</summary>
    public bool MakesBatch { get; init; }

    /// <summary>What the provider has not is looked up no further: the reads tell what is in the account, not whose it is.</summary>
    public bool AsksProvider { get; init; }

    private const string Change = "{}";

    /// <summary>
    /// Every endpoint has its case here, by method and pattern. HEAD is as GET. What an endpoint can be asked with, cursors, filters and
    /// headers, is read off its own declarations.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, RouteCase> All = new Dictionary<string, RouteCase>(StringComparer.Ordinal)
    {
        ["GET /"] = new(Scope: null) { IsAnonymous = true },
        ["GET /healthz/live"] = new(Scope: null) { IsAnonymous = true },
        ["GET /healthz/ready"] = new(Scope: null) { IsAnonymous = true },
        ["GET /openapi/{documentName}.json"] = new(Scope: null),
        ["GET /docs/{documentName}"] = new(Scope: null),
        ["GET /docs/favicon.svg"] = new(Scope: null),
        ["GET /docs/scalar.js"] = new(Scope: null),
        ["GET /docs/scalar.aspnetcore.js"] = new(Scope: null),

        ["GET /v1/jobs"] = new(Scopes.JobsRead),
        ["GET /v1/jobs/active"] = new(Scopes.JobsRead),
        ["GET /v1/jobs/stats"] = new(Scopes.JobsRead),
        ["GET /v1/jobs/export"] = new(Scopes.JobsRead),
        ["GET /v1/jobs/{id}"] = new(Scopes.JobsRead) { Id = "job" },
        ["GET /v1/jobs/{id}/events"] = new(Scopes.JobsRead) { Id = "job" },
        ["POST /v1/jobs"] = new(Scopes.JobsWrite, """{"parent_id":"<job>"}"""),
        ["POST /v1/jobs/bulk"] = new(Scopes.JobsWrite, """{"jobs":[{"parent_id":"<job>"}]}"""),
        ["PATCH /v1/jobs/{id}"] = new(Scopes.JobsWrite, """{"status":"pending"}""") { Id = "job" },
        ["PATCH /v1/jobs/{id}/cancel"] = new(Scopes.JobsWrite, Change) { Id = "job" },
        ["POST /v1/jobs/{id}/cancel"] = new(Scopes.JobsWrite, Change) { Id = "job" },
        ["POST /v1/jobs/{id}/seal"] = new(Scopes.JobsWrite) { Id = "job" },
        ["POST /v1/jobs/{id}/heartbeat"] = new(Scopes.JobsWrite, Change) { Id = "job" },
        ["POST /v1/jobs/{id}/retry"] = new(Scopes.JobsWrite) { Id = "job" },
        ["DELETE /v1/jobs/{id}"] = new(Scopes.JobsWrite) { Id = "job" },

        ["GET /v1/callback-secret"] = new(Scopes.CallbacksManage),
        ["POST /v1/callback-secret/rotate"] = new(Scopes.CallbacksManage),
        ["GET /v1/jobs/{id}/callback/attempts"] = new(Scopes.JobsRead) { Id = "job" },
        ["POST /v1/jobs/{id}/callback/redeliver"] = new(Scopes.CallbacksManage) { Id = "job" },

        ["GET /v1/batches"] = new(Scopes.BatchesRead),
        ["GET /v1/batches/{id}"] = new(Scopes.BatchesRead) { Id = "batch" },
        ["GET /v1/batches/{id}/items"] = new(Scopes.BatchesRead) { Id = "batch" },
        ["GET /v1/batches/{id}/items/{custom_id}"] = new(Scopes.BatchesRead) { Id = "batch" },
        ["GET /v1/batches/{id}/results"] = new(Scopes.BatchesRead) { Id = "batch" },
        ["GET /v1/batches/{id}/quarantine"] = new(Scopes.BatchesRead) { Id = "batch" },
        ["POST /v1/batches"] = new(
            Scopes.BatchesWrite,
            BatchCaller.Object("a").Replace("\"custom_id\"", "\"job_id\":\"<job>\",\"custom_id\"", StringComparison.Ordinal))
        { MakesBatch = true },
        ["POST /v1/batches/adopt"] = new(Scopes.BatchesWrite, """{"provider":"claude","provider_batch_id":"<provider batch>"}""")
        { MakesBatch = true, AsksProvider = true },
        ["DELETE /v1/batches/{id}"] = new(Scopes.BatchesWrite) { Id = "batch" },
        ["POST /v1/batches/{id}/cancel"] = new(Scopes.BatchesWrite) { Id = "batch" },
        ["POST /v1/batches/{id}/refresh"] = new(Scopes.BatchesWrite) { Id = "batch" },
        ["POST /v1/batches/{id}/resubmit-failed"] = new(Scopes.BatchesWrite) { Id = "batch" },

        ["GET /v1/whoami"] = new(Scope: null),
        ["POST /v1/keys"] = new(Scopes.KeysManage, """{"name":"n","scopes":["jobs:read"],"organization_id":"<organization>"}"""),
        ["GET /v1/keys"] = new(Scopes.KeysManage),
        ["GET /v1/keys/{id}"] = new(Scopes.KeysManage) { Id = "key" },
        ["POST /v1/keys/{id}/rotate"] = new(Scopes.KeysManage, Change) { Id = "key" },
        ["DELETE /v1/keys/{id}"] = new(Scopes.KeysManage) { Id = "key" },

        ["POST /v1/organizations"] = new(Scopes.Admin, """{"id":"never-made"}"""),
        ["GET /v1/organizations"] = new(Scopes.Admin),
        ["GET /v1/organizations/{id}"] = new(Scopes.Admin),
        ["PATCH /v1/organizations/{id}"] = new(Scopes.Admin, Change),

        ["GET /v1/operations"] = new(Scopes.JobsRead),
        ["GET /v1/operations/{id}"] = new(Scopes.JobsRead) { Id = "operation" },
        ["GET /v1/operations/{id}/events"] = new(Scopes.JobsRead) { Id = "operation" },
        ["GET /v1/operations/{id}/errors"] = new(Scopes.JobsRead) { Id = "operation" },
        ["POST /v1/operations"] = new(Scopes.JobsWrite, """{"action":"cancel","filter":{"parent_id":"<job>"},"dry_run":true}"""),
        ["POST /v1/operations/{id}/cancel"] = new(Scopes.JobsWrite) { Id = "operation" },

        ["GET /v1/audit-events"] = new(Scopes.AuditRead),
    };
}
