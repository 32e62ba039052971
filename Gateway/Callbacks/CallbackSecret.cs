using JobTracker.Audit;
using JobTracker.Gateway.Audit;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.Problems;
using JobTracker.Organizations;

namespace JobTracker.Gateway.Callbacks;

/// <summary>Shows and replaces the secret of the caller's organization.</summary>
internal static class CallbackSecret
{
    public static async Task<IResult> Get(HttpContext http, GrainCalls calls) =>
        Show(http, await Organization(http, calls).ReadAsync(organization => organization.GetCallbackSecretAsync()));

    public static Task<IResult> Rotate(HttpContext http, GrainCalls calls, AuditTrail audit) =>
        audit.DoAsync(http, AuditActions.CallbackSecretRotate, subject: null, async () =>
        {
            var secret = await Organization(http, calls).SendAsync(organization => organization.RotateCallbackSecretAsync());
            return secret.IsConfigured ? new ProblemResult(ProblemMap.CallbackSecretConfigured) : Show(http, secret);
        });

    private static JsonResult<CallbackSecretView> Show(HttpContext http, CallbackSecretInfo secret)
    {
        http.Response.Headers.CacheControl = "no-store";
        return new JsonResult<CallbackSecretView>(CallbackSecretView.Of(secret), GatewayJson.Wire.CallbackSecretView);
    }

    private static CallsTo<IOrganizationGrain> Organization(HttpContext http, GrainCalls calls) =>
        calls.Organization(http.Caller().OrganizationId);
}
