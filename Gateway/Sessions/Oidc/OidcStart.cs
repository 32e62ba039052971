using JobTracker.Gateway.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Sessions.Oidc;

/// <summary>
/// Leads a browser to the provider. By a link, for a form may lead to this service alone (<c>form-action 'self'</c>).
/// </summary>
internal static class OidcStart
{
    /// <summary>The form's word for a provider that let somebody not in.</summary>
    public const string Refused = "oidc";

    public static async Task<IResult> RedirectAsync(
        HttpContext http, IOptions<OidcOptions> oidc, ILogger<OidcSignIn> log, [FromQuery(Name = "return")] string? back)
    {
        if (!oidc.Value.IsSet)
            return new ProblemResult(ProblemMap.OfStatus(StatusCodes.Status404NotFound));
        try
        {
            await http.ChallengeAsync(OidcSignIn.SchemeName, new AuthenticationProperties { RedirectUri = ReturnPath.Of(back) });
            return Results.Empty;
        }
        catch (Exception fault) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            // Its addresses could not be read.
            log.ProviderAway(fault.GetType().Name);
            return new SeeOther(ReturnPath.ToLogin(back, Refused));
        }
    }
}
