using JobTracker.Keys;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Integration.Gateway.Keys;

/// <summary>
/// The routing table, route by route: each has its line here, or the suite fails, and keeps to it for every kind of caller. What belongs to
/// another organization is what does not exist (for batches see BatchIsolationTests, which have a provider).
/// </summary>
public sealed class EveryRouteIsGuardedTests(KeysHost host) : IClassFixture<KeysHost>
{
    private const string Job = "/v1/jobs/{id}";
    private const string Batch = "/v1/batches/{id}";
    private const string Key = "/v1/keys/{id}";
    private const string Organization = "/v1/organizations/{id}";
    private const string Uuid = "01890a5d-ac96-774b-bcce-b302099a8057";

    /// <summary>What each needs; "any": to be signed in; "nothing": it is open.</summary>
    private static readonly Dictionary<string, string> Needs = new()
    {
        ["GET /v1/jobs/"] = Scopes.JobsRead, ["POST /v1/jobs/"] = Scopes.JobsWrite, ["POST /v1/jobs/bulk"] = Scopes.JobsWrite,
        ["GET /v1/jobs/active"] = Scopes.JobsRead, ["GET /v1/jobs/stats"] = Scopes.JobsRead,
        [$"GET {Job}"] = Scopes.JobsRead, [$"PATCH {Job}"] = Scopes.JobsWrite, [$"DELETE {Job}"] = Scopes.JobsWrite,
        [$"GET {Job}/events"] = Scopes.JobsRead, [$"PATCH {Job}/cancel"] = Scopes.JobsWrite, [$"POST {Job}/cancel"] = Scopes.JobsWrite,
        [$"POST {Job}/heartbeat"] = Scopes.JobsWrite, [$"GET {Job}/callback/attempts"] = Scopes.JobsRead,
        [$"POST {Job}/callback/redeliver"] = Scopes.CallbacksManage,
        ["GET /v1/callback-secret/"] = Scopes.CallbacksManage, ["POST /v1/callback-secret/rotate"] = Scopes.CallbacksManage,
        ["GET /v1/batches/"] = Scopes.BatchesRead, ["POST /v1/batches/"] = Scopes.BatchesWrite,
        ["POST /v1/batches/adopt"] = Scopes.BatchesWrite, [$"GET {Batch}"] = Scopes.BatchesRead, [$"DELETE {Batch}"] = Scopes.BatchesWrite,
        [$"GET {Batch}/items"] = Scopes.BatchesRead, [$"GET {Batch}/items/{{custom_id}}"] = Scopes.BatchesRead,
        [$"GET {Batch}/results"] = Scopes.BatchesRead, [$"GET {Batch}/quarantine"] = Scopes.BatchesRead,
        [$"POST {Batch}/cancel"] = Scopes.BatchesWrite, [$"POST {Batch}/refresh"] = Scopes.BatchesWrite,
        [$"POST {Batch}/resubmit-failed"] = Scopes.BatchesWrite,
        ["GET /v1/keys/"] = Scopes.KeysManage, ["POST /v1/keys/"] = Scopes.KeysManage, [$"GET {Key}"] = Scopes.KeysManage,
        [$"POST {Key}/rotate"] = Scopes.KeysManage, [$"DELETE {Key}"] = Scopes.KeysManage, ["GET /v1/whoami/"] = "any",
        ["GET /v1/organizations/"] = Scopes.Admin, ["POST /v1/organizations/"] = Scopes.Admin, [$"GET {Organization}"] = Scopes.Admin,
        [$"PATCH {Organization}"] = Scopes.Admin, ["GET /v1/audit-events/"] = Scopes.AuditRead,
        ["GET /openapi/{documentName}.json"] = "any", ["GET /docs/{documentName?}"] = "any",
        ["GET /docs/scalar.js"] = "nothing", ["GET /docs/scalar.aspnetcore.js"] = "nothing", ["GET /docs/favicon.svg"] = "nothing",
        ["GET /healthz/live"] = "nothing", ["GET /healthz/ready"] = "nothing", ["GET /"] = "nothing",
    };

    private static readonly string Unknown = ApiKey.New().Text;

    private readonly List<string> _wrong = [];

    [Fact]
    public void Every_route_has_its_line_and_says_what_it_needs()
    {
        foreach (var (name, route) in Routes())
        {
            var policy = route.Metadata.GetMetadata<IAllowAnonymous>() is not null ? "nothing"
                : route.Metadata.GetMetadata<IAuthorizeData>() is { } said ? said.Policy ?? "any" : "whoever is signed in by default";
            Note(Needs.GetValueOrDefault(
                name, "?") == policy, $"{name} needs {policy}, and {Needs.GetValueOrDefault(name, "no line")} here");
        }

        foreach (var line in Needs.Keys.Except(Routes().Select(route => route.Name)))
            Note(false, $"there is no {line}");
        Assert.Empty(_wrong);
    }

    [Fact]
    public async Task Who_is_not_let_in_is_told_so_in_one_wording_and_who_may_not_what_he_lacks()
    {
        var narrow =
            (Jobs: await host.KeyAsync("org-a", """["jobs:read"]"""), Batches: await host.KeyAsync("org-a", """["batches:read"]"""));
        foreach (var (method, path, scope) in Guarded())
        {
            var none = await new ApiClient(host.Gateway.Address).SendAsync(method, path, null);
            Note(none.Problem == "401 unauthenticated" && none.Header("WWW-Authenticate") == "Bearer", $"{method} {path} without: {none}");
            string[] bad = ["x", "jtk_", Unknown, host.OfA[..^1] + (host.OfA[^1] == 'a' ? 'b' : 'a'), host.Expired, host.Revoked];
            foreach (var credential in bad)
            {
                var refused = await host.With(credential).SendAsync(method, path, null);
                Note(
                    refused.Problem == "401 invalid_token" && refused.Header("WWW-Authenticate") == "Bearer error=\"invalid_token\""
                    && refused.Text("detail") == "The credentials are not valid.",
                    $"{method} {path} with {credential[..Math.Min(8, credential.Length)]}: {refused}");
            }

            if (scope == "any")
                continue;
            var lacking = await host.With(scope == Scopes.JobsRead ? narrow.Batches : narrow.Jobs).SendAsync(method, path, null);
            Note(
                lacking.Problem == "403 insufficient_scope"
                && lacking.Header("WWW-Authenticate") == $"Bearer error=\"insufficient_scope\", scope=\"{scope}\"",
                $"{method} {path} without {scope}: {lacking}");
        }

        Assert.Empty(_wrong);
    }

    [Fact]
    public async Task What_there_is_not_is_told_to_those_alone_who_are_signed_in()
    {
        (string, string, int)[] absent = [("GET", "/nowhere", 404), ("PUT", "/v1/jobs", 405), ("GET", "/v1/jobs/bulk", 405)];
        foreach (var (method, path, status) in absent)
        {
            Assert.Equal("401 unauthenticated", (await new ApiClient(host.Gateway.Address).SendAsync(new(method), path, null)).Problem);
            Assert.Equal(status, (await host.With(host.OfA).SendAsync(new(method), path, null)).Status);
        }

        var reader = host.With(await host.KeyAsync("org-a", """["jobs:read"]"""));
        Assert.Equal("403 insufficient_scope", (await reader.PostAsync("/v1/jobs", "{")).Problem);
    }

    [Fact]
    public async Task Anothers_key_and_job_are_as_missing_ones_with_as_many_reads()
    {
        var ofB = host.With(host.OfB);
        var job = await ofB.CreateAsync();
        var key = (await host.MakeAsync("org-b", """["jobs:read"]""")).Text("id");
        var ofA = host.With(host.OfA);
        foreach (var (method, pattern, _) in Guarded().Where(route => route.Path.Contains(Uuid) || route.Path.Contains("key-")))
        {
            if (pattern.Contains("batch-"))
                continue;
            var missingId = pattern.StartsWith("/v1/jobs") ? $"job-{Uuid}" : "key-0123456789";
            var foreignPath = pattern.Replace(missingId, pattern.StartsWith("/v1/jobs") ? job : key);
            var body = method == HttpMethod.Patch && !pattern.EndsWith("cancel") ? """{"status":"pending"}""" : null;
            var missing = await ofA.SendAsync(method, pattern, body);
            var foreign = await ofA.SendAsync(method, foreignPath, body);
            Note(missing.Status == 404 && Bare(missing) == Bare(foreign), $"{method} {foreignPath}: {foreign} and not {missing}");
        }

        Assert.Empty(_wrong);
        Assert.Equal("created", (await ofB.GetAsync($"/v1/jobs/{job}")).Ok().Text("status"));
        Assert.Equal(JsonValueKindOfNull, (await host.Root.GetAsync($"/v1/keys/{key}")).Ok().Body.GetProperty("revoked_at").ValueKind);
    }

    [Fact]
    public async Task Anothers_job_costs_as_many_reads_as_a_missing_one_when_neither_is_in_memory()
    {
        var owner = host.With(host.OfB);
        var job = await owner.CreateAsync();
        // One that has ended may leave the memory.
        (await owner.PostAsync($"/v1/jobs/{job}/cancel", null)).Ok();
        var silo = host.Gateway.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        await silo.ForceActivationCollection(TimeSpan.Zero);

        Assert.Equal(await ReadsOf(job), await ReadsOf($"job-{Guid.CreateVersion7():D}"));
    }

    /// <summary>How often a row was read for one request.</summary>
    private async Task<int> ReadsOf(string job)
    {
        var before = host.Gateway.Faults.Reads.Count;
        Assert.Equal("404 job_not_found", (await host.With(host.OfA).GetAsync($"/v1/jobs/{job}")).Problem);
        var reads = host.Gateway.Faults.Reads.Count - before;
        Assert.NotEqual(0, reads);
        return reads;
    }

    [Fact]
    public async Task Another_organization_is_refused_alike_whether_there_is_one_or_not()
    {
        var ofA = host.With(host.OfA);
        foreach (var path in (string[])["/v1/jobs", "/v1/jobs/active", "/v1/jobs/stats", "/v1/batches", "/v1/keys", "/v1/audit-events"])
        {
            var there = await ofA.GetAsync($"{path}?organization_id=org-b");
            var nowhere = await ofA.GetAsync($"{path}?organization_id=org-none");
            Note(there.Problem == "403 insufficient_scope" && Bare(there) == Bare(nowhere), $"{path}: {there} and {nowhere}");
        }

        Assert.Empty(_wrong);
    }

    [Fact]
    public async Task A_key_of_another_organization_as_cursor_parent_or_idempotency_key_reveals_nothing()
    {
        var (ofA, ofB) = (host.With(host.OfA), host.With(host.OfB));
        var job = (await ofB.PostAsync("/v1/jobs", "{}", ("Idempotency-Key", "shared"))).Created().Text("id");

        Assert.NotEqual(job, (await ofA.PostAsync("/v1/jobs", "{}", ("Idempotency-Key", "shared"))).Created().Text("id"));
        Assert.Equal("422 invalid_body", (await ofA.PostAsync("/v1/jobs", $$"""{"parent_id":"{{job}}"}""")).Problem);
        Assert.DoesNotContain(job, (await ofA.GetAsync($"/v1/jobs?before={job}")).Ok().Raw);
        Assert.DoesNotContain(job, (await ofA.GetAsync("/v1/jobs")).Ok().Raw);
        Assert.DoesNotContain("org-b", (await ofA.GetAsync("/v1/audit-events")).Ok().Raw);
    }

    private const System.Text.Json.JsonValueKind JsonValueKindOfNull = System.Text.Json.JsonValueKind.Null;

    private IEnumerable<(string Name, RouteEndpoint Route)> Routes() =>
        from route in host.Gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        where method != "HEAD"
        select ($"{method} {WithoutConstraints(route.RoutePattern.RawText!)}", route);

    private static string WithoutConstraints(string pattern)
    {
        var text = System.Text.RegularExpressions.Regex.Replace(pattern, @":[a-z]+\([^)]*\)", "");
        return text.StartsWith('/') ? text : "/" + text;
    }

    private static IEnumerable<(HttpMethod Method, string Path, string Scope)> Guarded() =>
        from line in Needs
        where line.Value != "nothing" && line.Key.Contains("/v1/")
        let parts = line.Key.Split(' ')
        select (new HttpMethod(parts[0]), Filled(parts[1]), line.Value);

    private static string Filled(string path) => path
        .Replace(Job, $"/v1/jobs/job-{Uuid}").Replace(Batch, $"/v1/batches/batch-{Uuid}").Replace(Key, "/v1/keys/key-0123456789")
        .Replace(Organization, "/v1/organizations/org-none").Replace("{custom_id}", "a");

    /// <summary>All but what differs by request.</summary>
    private static string Bare(Answer answer) =>
        System.Text.RegularExpressions.Regex.Replace(answer.Raw, "\"(instance|trace_id)\":\"[^\"]*\"", "")
        + string.Join('\n', answer.Headers.Where(header => header.Key is not ("Date" or "X-Request-ID" or "RateLimit"))
            .Select(header => $"{header.Key}: {string.Join(',', header.Value)}"));

    private void Note(bool isRight, string what)
    {
        if (!isRight)
            _wrong.Add(what);
    }
}
