namespace JobTracker.Gateway.Sessions;

/// <summary>The cookie that a form must come with, under the name that fits the request: one process may serve http and https.</summary>
internal sealed class ForgeryCookie : CookieBuilder
{
    private readonly IHttpContextAccessor _requests;

    public ForgeryCookie(IHttpContextAccessor requests)
    {
        _requests = requests;
        HttpOnly = true;
        IsEssential = true;
        SameSite = SameSiteMode.Strict;
        SecurePolicy = CookieSecurePolicy.SameAsRequest;
        Path = "/";
    }

    public override string? Name
    {
        get => SessionCookies.Forgery(_requests.HttpContext is { Request.IsHttps: true });
        set => throw new NotSupportedException("The request decides.");
    }
}
