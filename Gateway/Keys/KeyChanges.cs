using JobTracker.Audit;
using JobTracker.Gateway.Audit;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Problems;
using JobTracker.Keys;
using JobTracker.Organizations;

namespace JobTracker.Gateway.Keys;

/// <summary>
/// Makes, renews and ends keys, for the API and for the pages. A secret is drawn here, shown once, and only its hash goes on to the
/// cluster.
/// </summary>
internal static class KeyChanges
{
    public static async Task<KeyAnswer> CreateAsync(CreateKey command, HttpContext http, GrainCalls calls, AuditTrail audit)
    {
        if (Refusal(http.SignedIn(), command) is { } problem)
            return KeyAnswer.Refused(problem);
        if (await calls.Organization(command.OrganizationId).ReadAsync(owner => owner.GetAsync()) is null
            && !await MadeDefaultAsync(command.OrganizationId, calls))
            return KeyAnswer.Refused(ProblemMap.NoSuchOrganizationFor("$.organization_id"));
        while (true)
        {
            var secret = ApiKey.New();
            var answer = await AuditedAsync(
                http, audit, AuditActions.KeyCreate, secret.Id, command.OrganizationId, () => MakeAsync(command, secret, calls));
            if (answer != KeyAnswer.NameTaken)
                return answer;
        }
    }

    /// <param name="id">The key.</param>
    /// <param name="overlap">How long the secret before works on.</param>
    public static Task<KeyAnswer> RotateAsync(KeyId id, TimeSpan overlap, HttpContext http, GrainCalls calls, AuditTrail audit) =>
        ChangeAsync(id, http, calls, audit, AuditActions.KeyRotate, async key =>
        {
            var secret = ApiKey.New(id);
            return AnswerTo(
                await key.SendAsync(grain => grain.RotateAsync(http.SignedIn().Manager, new RotateKey(secret.Hash(), overlap))), secret);
        });

    public static Task<KeyAnswer> RevokeAsync(KeyId id, HttpContext http, GrainCalls calls, AuditTrail audit) =>
        ChangeAsync(id, http, calls, audit, AuditActions.KeyRevoke, async key =>
            AnswerTo(await key.SendSafelyAsync(grain => grain.RevokeAsync(http.SignedIn().Manager))));

    /// <summary>The event is the organization's whose key it is, whoever does it.</summary>
    private static async Task<KeyAnswer> ChangeAsync(
        KeyId id, HttpContext http, GrainCalls calls, AuditTrail audit, string action, Func<CallsTo<IApiKeyGrain>, Task<KeyAnswer>> change)
    {
        var asked = calls.Key(id);
        return await asked.ReadAsync(grain => grain.GetAsync(http.Caller())) is { } key
            ? await AuditedAsync(http, audit, action, id, key.OrganizationId, () => change(asked))
            : KeyAnswer.Refused(ProblemMap.KeyNotFound);
    }

    private static async Task<KeyAnswer> AuditedAsync(
        HttpContext http, AuditTrail audit, string action, KeyId id, string organization, Func<Task<KeyAnswer>> change)
    {
        KeyAnswer? answer = null;
        await audit.DoAsync(http, action, id.ToString(), async () => (answer = await change()).End, organization);
        return answer!;
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

    private static async Task<KeyAnswer> MakeAsync(CreateKey command, ApiKey secret, GrainCalls calls)
    {
        var list = calls.KeysOf(command.OrganizationId);
        if (!await list.SendSafelyAsync(keys => keys.AddKeyAsync(secret.Id)))
            return KeyAnswer.Refused(ProblemMap.TooManyKeys);
        var outcome = await calls.Key(secret.Id).SendAsync(key => key.CreateAsync(command with { Hash = secret.Hash() }));
        if (outcome is not KeyOutcome.Accepted)
            return AnswerTo(outcome);
        // A key that is not shown opens nothing for anybody.
        return await list.SendSafelyAsync(keys => keys.AddKeyAsync(secret.Id))
            ? AnswerTo(outcome, secret)
            : KeyAnswer.Refused(ProblemMap.TooManyKeys);
    }

    /// <summary>The organization that everything begins with needs no making by anybody.</summary>
    private static async Task<bool> MadeDefaultAsync(string id, GrainCalls calls) =>
        id == OrganizationId.Default
        && await calls.Organizations.SendSafelyAsync(directory => directory.CreateAsync(id, name: null, OrganizationLimits.Configured))
            is not OrganizationOutcome.TooMany;

    private static KeyAnswer AnswerTo(KeyOutcome outcome, ApiKey? secret = null) => outcome switch
    {
        KeyOutcome.Accepted { Key: var key } => KeyAnswer.Changed(key, secret),
        KeyOutcome.NotFound => KeyAnswer.Refused(ProblemMap.KeyNotFound),
        KeyOutcome.Beyond { Scope: var scope } => KeyAnswer.Refused(ProblemMap.ScopeMissing(scope)),
        KeyOutcome.Ended => KeyAnswer.Refused(ProblemMap.KeyHasEnded),
        KeyOutcome.Taken => KeyAnswer.NameTaken,
        _ => throw new InvalidOperationException($"An outcome without an answer: {outcome.GetType()}."),
    };
}
