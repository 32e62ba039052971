using JobTracker.Gateway.Audit;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;
using JobTracker.Gateway.Requests.Bodies;
using JobTracker.Keys;

namespace JobTracker.Gateway.Keys;

/// <summary>The API's way to make, renew and end keys.</summary>
internal static class ManageKeys
{
    public static Task<IResult> Create(HttpContext http, GrainCalls calls, TimeProvider clock, AuditTrail audit) => http.AnswerAsync(
        BodyNeed.Required,
        (body, errors) => CreateKeyBody.Read(body, http.SignedIn(), clock.GetUtcNow(), errors),
        async command => await KeyChanges.CreateAsync(command, http, calls, audit) is var answer && answer.Key is { } key
            ? new MadeResult(Show(http, answer, StatusCodes.Status201Created), $"/v1/keys/{key.Id}")
            : Show(http, answer));

    public static Task<IResult> Rotate(KeyId id, HttpContext http, GrainCalls calls, AuditTrail audit) => http.AnswerAsync(
        BodyNeed.Optional,
        RotateKeyBody.Read,
        async overlap => Show(http, await KeyChanges.RotateAsync(id, overlap, http, calls, audit)));

    public static async Task<IResult> Revoke(KeyId id, HttpContext http, GrainCalls calls, AuditTrail audit) =>
        Show(http, await KeyChanges.RevokeAsync(id, http, calls, audit));

    private static IResult Show(HttpContext http, KeyAnswer answer, int status = StatusCodes.Status200OK)
    {
        if (answer is not { Key: { } key })
            return new ProblemResult(answer.Problem!);
        if (answer.Secret is not { } secret)
            return new JsonResult<KeyView>(KeyView.Of(key), GatewayJson.Wire.KeyView, status);
        http.Response.Headers.CacheControl = "no-store";
        return new JsonResult<KeyWithSecretView>(KeyView.Of(key, secret), GatewayJson.Wire.KeyWithSecretView, status);
    }
}
