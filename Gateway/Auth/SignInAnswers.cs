using JobTracker.Gateway.Auth.Browsers;
using JobTracker.Gateway.Auth.Refusals;
using JobTracker.Gateway.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace JobTracker.Gateway.Auth;

/// <summary>
/// Who may not go on is told so here, however he tried to sign in: 401 with a challenge, or 403 with the scope that he lacks (RFC 6750, 3).
/// A refused credential is told in one wording, whatever is wrong with it.
/// </summary>
internal sealed class SignInAnswers(CountedRefusals refusals) : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
            return next(context);
        if (authorizeResult.Challenged && PagePaths.NeedsSession(context))
            return PageChallenge.AnswerAsync(context);
        return new ProblemResult(authorizeResult.Forbidden ? Forbid(context) : Challenge(context)).ExecuteAsync(context);
    }

    private Problem Challenge(HttpContext http)
    {
        if (http.Request.Headers.Authorization.Count == 0)
            return ProblemMap.OfStatus(StatusCodes.Status401Unauthorized);
        return refusals.Count(http, KeyAuthentication.Token(http.Request)) ? ProblemMap.CredentialsRefused : ProblemMap.TooManyRefusals;
    }

    private static Problem Forbid(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy is { } scope
            ? ProblemMap.ScopeMissing(scope)
            : ProblemMap.OfStatus(StatusCodes.Status403Forbidden);
}
