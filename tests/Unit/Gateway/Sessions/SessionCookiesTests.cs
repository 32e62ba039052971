using JobTracker.Gateway.Sessions;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Tests.Unit.Gateway.Sessions;

/// <summary>Over TLS the cookies are of this host alone.</summary>
public sealed class SessionCookiesTests
{
    [Theory]
    [InlineData("https", "__Host-jobtracker=ticket; path=/; secure; samesite=lax; httponly")]
    [InlineData("http", "jobtracker-session=ticket; path=/; samesite=lax; httponly")]
    public void A_sessions_cookie_is_named_by_the_scheme_and_read_by_the_same_name(string scheme, string cookie)
    {
        var http = Request(scheme);
        var cookies = new SessionCookies();

        cookies.AppendResponseCookie(
            http, "whatever", "ticket",
            new CookieOptions { Path = "/", HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = scheme == "https" });
        http.Request.Headers.Cookie = cookie.Split(';')[0];

        Assert.Equal((cookie, "ticket"), (http.Response.Headers.SetCookie.ToString(), cookies.GetRequestCookie(http, "whatever")));
    }

    [Fact]
    public void A_cookie_by_the_name_of_the_other_scheme_is_none()
    {
        var http = Request("https");
        http.Request.Headers.Cookie = "jobtracker-session=ticket";

        Assert.Null(new SessionCookies().GetRequestCookie(http, "whatever"));
    }

    [Theory]
    [InlineData("https", "__Host-jobtracker-forgery", "path=/; secure; samesite=strict; httponly")]
    [InlineData("http", "jobtracker-forgery", "path=/; samesite=strict; httponly")]
    public void The_cookie_of_forms_is_named_by_the_scheme(string scheme, string name, string rest)
    {
        var http = Request(scheme);
        var cookie = new ForgeryCookie(new HttpContextAccessor { HttpContext = http });

        http.Response.Cookies.Append(cookie.Name!, "token", cookie.Build(http));

        Assert.Equal($"{name}=token; {rest}", http.Response.Headers.SetCookie.ToString());
    }

    private static DefaultHttpContext Request(string scheme) => new() { Request = { Scheme = scheme } };
}
