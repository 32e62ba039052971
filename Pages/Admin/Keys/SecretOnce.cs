using System.Globalization;
using System.Security.Cryptography;
using JobTracker.Keys;
using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Pages.Admin.Keys;

/// <summary>
/// Brings a new secret over the redirect behind a form to the one page that shows it, whichever gateway serves that: encrypted, in a cookie
/// of that page alone, which the page takes away. It stands in no address, in no history, and in no page that is loaded again.
/// </summary>
internal sealed class SecretOnce(IDataProtectionProvider protection, TimeProvider clock)
{
    private const string Cookie = "jobtracker-new-secret";
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Where the key's page is.</summary>
    public static string PathOf(KeyId id) => $"/ui/admin/keys/{id}";

    /// <summary>Into the answer to the form.</summary>
    public void Keep(HttpContext http, PageCaller who, NewKey made)
    {
        var end = (clock.GetUtcNow() + Longest).ToUnixTimeMilliseconds();
        var text = string.Create(CultureInfo.InvariantCulture, $"{end} {made.Secret}");
        http.Response.Cookies.Append(Cookie, ProtectorOf(who, made.Key.Id).Protect(text), OptionsOf(http, made.Key.Id, Longest));
    }

    /// <summary>
    /// The secret, for this answer alone. Null: nothing was kept here for whoever asks. Empty: there was something that cannot be shown any
    /// more.
    /// </summary>
    public string? Take(HttpContext http, PageCaller who, KeyId id)
    {
        if (!HttpMethods.IsGet(http.Request.Method) || http.Request.Cookies[Cookie] is not { Length: > 0 } kept)
            return null;
        http.Response.Cookies.Delete(Cookie, OptionsOf(http, id, age: null));
        try
        {
            var parts = ProtectorOf(who, id).Unprotect(kept).Split(' ');
            var end = long.Parse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture);
            return end > clock.GetUtcNow().ToUnixTimeMilliseconds() ? parts[1] : "";
        }
        catch (CryptographicException)
        {
            return "";
        }
    }

    /// <summary>Good for one caller and one key.</summary>
    private IDataProtector ProtectorOf(PageCaller who, KeyId id) =>
        protection.CreateProtector("JobTracker.Pages.NewSecret", who.Organization, who.Caller.UserId, id.ToString());

    private static CookieOptions OptionsOf(HttpContext http, KeyId id, TimeSpan? age) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = age,
        Path = PathOf(id),
        SameSite = SameSiteMode.Strict,
        Secure = http.Request.IsHttps,
    };
}
