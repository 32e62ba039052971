using JobTracker.Audit;
using JobTracker.Gateway.Audit;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.Problems;
using JobTracker.Organizations;

namespace JobTracker.Gateway.Callbacks;

/// <summary>Shows and replaces the secret of the caller's organization.</summary>
internal static class CallbackSecret
{
    public static async Task<IResult> Get(HttpContext http, IGrainFactory grains) =>
        Show(http, await Organization(http, grains).GetCallbackSecretAsync());

    public static Task<IResult> Rotate(HttpContext http, IGrainFactory grains, AuditTrail audit) =>
        audit.DoAsync(http, AuditActions.CallbackSecretRotate, subject: null, async () =>
        {
            var secret = await Organization(http, grains).RotateCallbackSecretAsync();
            return secret.IsConfigured ? new ProblemResult(ProblemMap.CallbackSecretConfigured) : Show(http, secret);
        });

    private static JsonResult<CallbackSecretView> Show(HttpContext http, CallbackSecretInfo secret)
    {
        http.Response.Headers.CacheControl = "no-store";
        return new JsonResult<CallbackSecretView>(CallbackSecretView.Of(secret), GatewayJson.Wire.CallbackSecretView);
    }

    private static IOrganizationGrain Organization(HttpContext http, IGrainFactory grains) =>
        grains.GetGrain<IOrganizationGrain>(OrganizationKey.Of(http.Caller().OrganizationId));
}
