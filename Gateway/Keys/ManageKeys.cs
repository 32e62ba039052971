using JobTracker.Audit;
using JobTracker.Gateway.Audit;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;
using JobTracker.Gateway.Requests.Bodies;
using JobTracker.Keys;
using JobTracker.Organizations;

namespace JobTracker.Gateway.Keys;

/// <summary>Makes, renews and ends keys. A secret is drawn here, shown once, and only its hash goes on to the cluster.</summary>
internal static class ManageKeys
{
    public static Task<IResult> Create(HttpContext http, GrainCalls calls, TimeProvider clock, AuditTrail audit)
    {
        var by = http.SignedIn();
        return http.AnswerAsync(
            BodyNeed.Required,
            (body, errors) => CreateKeyBody.Read(body, by, clock.GetUtcNow(), errors),
            command => Refusal(by, command) is { } problem
                ? Task.FromResult<IResult>(new ProblemResult(problem))
                : CreateAsync(command, http, calls, audit));
    }

    public static Task<IResult> Rotate(KeyId id, HttpContext http, GrainCalls calls, AuditTrail audit) => http.AnswerAsync(
        BodyNeed.Optional,
        RotateKeyBody.Read,
        overlap => ChangeAsync(id, http, calls, audit, AuditActions.KeyRotate, async key =>
        {
            var secret = ApiKey.New(id);
            var outcome = await key.SendAsync(
                grain => grain.RotateAsync(http.SignedIn().Manager, new RotateKey(secret.Hash(), overlap)));
            return outcome is KeyOutcome.Accepted { Key: var rotated } ? Show(http, rotated, secret) : Refused(outcome);
        }));

    public static Task<IResult> Revoke(KeyId id, HttpContext http, GrainCalls calls, AuditTrail audit) =>
        ChangeAsync(id, http, calls, audit, AuditActions.KeyRevoke, async key =>
            await key.SendSafelyAsync(grain => grain.RevokeAsync(http.SignedIn().Manager)) is var outcome
            && outcome is KeyOutcome.Accepted { Key: var revoked }
                ? new JsonResult<KeyView>(KeyView.Of(revoked), GatewayJson.Wire.KeyView)
                : Refused(outcome));

    /// <summary>The event is the organization's whose key it is, whoever does it.</summary>
    private static async Task<IResult> ChangeAsync(
        KeyId id, HttpContext http, GrainCalls calls, AuditTrail audit, string action, Func<CallsTo<IApiKeyGrain>, Task<IResult>> change)
    {
        var asked = calls.Key(id);
        return await asked.ReadAsync(grain => grain.GetAsync(http.Caller())) is { } key
            ? await audit.DoAsync(http, action, id.ToString(), () => change(asked), key.OrganizationId)
            : new ProblemResult(ProblemMap.KeyNotFound);
    }

    /// <summary>Who is no admin grants in his own organization, as himself, and what he has.</summary>
    private static Problem? Refusal(CallerIdentity by, CreateKey command)
    {
        if (!by.Caller.IsAdmin && command.OrganizationId != by.Caller.OrganizationId)
            return ProblemMap.OtherOrganization;
        if (!by.Caller.IsAdmin && command.UserId != by.Caller.UserId)
            return ProblemMap.ScopeMissing(Scopes.Admin);
        return by.Manager.Lacks(command.Scopes) is { } scope ? ProblemMap.ScopeMissing(scope) : null;
    }

    private static async Task<IResult> CreateAsync(CreateKey command, HttpContext http, GrainCalls calls, AuditTrail audit)
    {
        if (await calls.Organization(command.OrganizationId).ReadAsync(owner => owner.GetAsync()) is null
            && !await MadeDefaultAsync(command.OrganizationId, calls))
            return new ProblemResult(ProblemMap.NoSuchOrganizationFor("$.organization_id"));
        while (true)
        {
            var secret = ApiKey.New();
            var answer = await audit.DoAsync(http, AuditActions.KeyCreate, secret.Id.ToString(), async () =>
            {
                var list = calls.KeysOf(command.OrganizationId);
                if (!await list.SendSafelyAsync(keys => keys.AddKeyAsync(secret.Id)))
                    return new ProblemResult(ProblemMap.TooManyKeys);
                var outcome = await calls.Key(secret.Id)
                    .SendAsync(key => key.CreateAsync(command with { Hash = secret.Hash() }));
                if (outcome is not KeyOutcome.Accepted { Key: var key })
                    return Refused(outcome);
                // A key that is not shown opens nothing for anybody.
                return await list.SendSafelyAsync(keys => keys.AddKeyAsync(secret.Id))
                    ? new MadeResult(Show(http, key, secret, StatusCodes.Status201Created), $"/v1/keys/{key.Id}")
                    : new ProblemResult(ProblemMap.TooManyKeys);
            }, command.OrganizationId);
            if (answer is not NameTaken)
                return answer;
        }
    }

    /// <summary>The organization that everything begins with needs no making by anybody.</summary>
    private static async Task<bool> MadeDefaultAsync(string id, GrainCalls calls) =>
        id == OrganizationId.Default
        && await calls.Organizations.SendSafelyAsync(directory => directory.CreateAsync(id, name: null, OrganizationLimits.Configured))
            is not OrganizationOutcome.TooMany;

    private static JsonResult<KeyWithSecretView> Show(
        HttpContext http, ApiKeySnapshot key, ApiKey secret, int status = StatusCodes.Status200OK)
    {
        http.Response.Headers.CacheControl = "no-store";
        return new JsonResult<KeyWithSecretView>(KeyView.Of(key, secret), GatewayJson.Wire.KeyWithSecretView, status);
    }

    private static IResult Refused(KeyOutcome outcome) => outcome switch
    {
        KeyOutcome.NotFound => new ProblemResult(ProblemMap.KeyNotFound),
        KeyOutcome.Beyond { Scope: var scope } => new ProblemResult(ProblemMap.ScopeMissing(scope)),
        KeyOutcome.Ended => new ProblemResult(ProblemMap.KeyHasEnded),
        KeyOutcome.Taken => new NameTaken(),
        _ => throw new InvalidOperationException($"An outcome without an answer: {outcome.GetType()}."),
    };

    /// <summary>Never sent: another name is drawn.</summary>
    private sealed class NameTaken : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => StatusCodes.Status409Conflict;

        public Task ExecuteAsync(HttpContext httpContext) => Task.CompletedTask;
    }
}
