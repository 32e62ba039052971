using System.Net;
using JobTracker.Callers;
using JobTracker.Keys;
using JobTracker.Pages.Admin.Keys;
using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace JobTracker.Tests.Unit.Pages.Admin;

public sealed class SecretOnceTests
{
    private static readonly PageCaller Who = new(new Caller("own", "somebody"), [Scopes.KeysManage]);
    private static readonly ApiKey Secret = ApiKey.New();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero));
    private readonly SecretOnce _secrets;

    public SecretOnceTests() => _secrets = new SecretOnce(new EphemeralDataProtectionProvider(), _clock);

    [Fact]
    public void A_secret_is_taken_by_the_page_of_its_key_and_its_cookie_is_taken_away()
    {
        var get = Get(Keep());

        Assert.Equal(Secret.Text, _secrets.Take(get, Who, Secret.Id));
        var gone = get.Response.Headers.SetCookie.Single()!;
        Assert.Contains("expires=Thu, 01 Jan 1970", gone, StringComparison.Ordinal);
        Assert.Contains($"path=/ui/admin/keys/{Secret.Id}", gone, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_cookie_is_for_that_page_alone_and_hides_the_secret()
    {
        var cookie = Keep().Response.Headers.SetCookie.Single()!;

        Assert.DoesNotContain(Secret.Text, WebUtility.UrlDecode(cookie), StringComparison.Ordinal);
        Assert.Contains($"path=/ui/admin/keys/{Secret.Id};", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Contains("max-age=60", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_else_and_no_other_key_gets_it()
    {
        var kept = Keep();

        Assert.Equal("", _secrets.Take(Get(kept), new PageCaller(new Caller("own", "another"), []), Secret.Id));
        Assert.Equal("", _secrets.Take(Get(kept), new PageCaller(new Caller("other", "somebody"), []), Secret.Id));
        Assert.Equal("", _secrets.Take(Get(kept), Who, ApiKey.New().Id));
    }

    [Fact]
    public void A_minute_later_it_is_gone_whatever_the_browser_kept()
    {
        var kept = Keep();
        _clock.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal("", _secrets.Take(Get(kept), Who, Secret.Id));
    }

    [Fact]
    public void A_form_does_not_take_it()
    {
        var post = Get(Keep());
        post.Request.Method = HttpMethods.Post;

        Assert.Null(_secrets.Take(post, Who, Secret.Id));
        Assert.Equal(0, post.Response.Headers.SetCookie.Count);
    }

    [Fact]
    public void Without_a_cookie_there_is_nothing_and_one_that_nobody_here_wrote_says_nothing()
    {
        var foreign = new DefaultHttpContext();
        foreign.Request.Method = HttpMethods.Get;
        foreign.Request.Headers.Cookie = "jobtracker-new-secret=jtk";

        Assert.Null(_secrets.Take(Get(new DefaultHttpContext()), Who, Secret.Id));
        Assert.Equal("", _secrets.Take(foreign, Who, Secret.Id));
    }

    private DefaultHttpContext Keep()
    {
        var http = new DefaultHttpContext();
        var key = new ApiKeySnapshot(
            Secret.Id, "own", "somebody", "worker", [Scopes.JobsRead], default, "somebody", null, null, null, null);
        _secrets.Keep(http, Who, new NewKey(key, Secret.Text));
        return http;
    }

    /// <summary>As a browser asks next.</summary>
    private static DefaultHttpContext Get(DefaultHttpContext answer)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = HttpMethods.Get;
        http.Request.Headers.Cookie = string.Join("; ", answer.Response.Headers.SetCookie.Select(cookie => cookie!.Split(';')[0]));
        return http;
    }
}
