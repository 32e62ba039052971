using System.Net;
using System.Text.RegularExpressions;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Sessions;

/// <summary>What a browser does with forms, cookies and redirects, each of which a test sees by itself.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly string _address;
    private readonly (string Name, string Value)[] _headers;
    private readonly CookieContainer _jar = new();
    private readonly HttpClient _http;

    /// <param name="address">The gateway's.</param>
    /// <param name="headers">With every request.</param>
    public Browser(string address, params (string Name, string Value)[] headers)
    {
        (_address, _headers) = (address, headers);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _jar });
    }

    /// <summary>Names of the cookies that are sent with the pages.</summary>
    public string[] Cookies => [.. _jar.GetCookies(new Uri(_address + "/ui/")).Select(cookie => cookie.Name).Order(StringComparer.Ordinal)];

    public void Dispose() => _http.Dispose();

    /// <summary>A page, or what stands in its place.</summary>
    public Task<Page> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Page> PostAsync(string path, params (string Name, string Value)[] fields) => SendAsync(
        HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    /// <summary>The form of the login page, sent with the token that is in it.</summary>
    public async Task<Page> SignInAsync(string key, string back = "/ui/jobs") => await PostAsync(
        "/ui/login", ("key", key), ("return", back), ("__RequestVerificationToken", await TokenAsync("/ui/login")));

    /// <summary>The token of a page's forms, once pages are served.</summary>
    public async Task<string> TokenAsync(string path)
    {
        await ReadyAsync();
        var page = await GetAsync(path);
        return Token().Match(page.Text) is { Success: true } found
            ? found.Groups["token"].Value
            : throw new InvalidOperationException($"There is no form in {page}.");
    }

    /// <summary>Until the keys of the cookies are known.</summary>
    public Task ReadyAsync() => Until.TrueAsync(async () => (await GetAsync("/ui/login")).Status != 503);

    /// <summary>Whether a page is shown rather than the login.</summary>
    public async Task<bool> IsSignedInAsync() =>
        (await GetAsync("/ui/settings-of-nobody")).Location?.StartsWith("/ui/login", StringComparison.Ordinal) != true;

    private async Task<Page> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        var target = path.StartsWith("http", StringComparison.Ordinal) ? path : _address + path;
        using var request = new HttpRequestMessage(method, target) { Content = content };
        request.Headers.TryAddWithoutValidation("Accept", "text/html");
        foreach (var (name, value) in _headers.Concat(headers))
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await _http.SendAsync(request).Soon();
        return new Page((int)answer.StatusCode, await answer.Content.ReadAsStringAsync().Soon())
        {
            Location = answer.Headers.Location?.OriginalString,
            SetCookies = answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : [],
            RetryAfter = answer.Headers.RetryAfter?.ToString(),
            Policy = answer.Headers.TryGetValues("Content-Security-Policy", out var policy) ? policy.Single() : null,
        };
    }

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="(?<token>[^"]+)"|value="(?<token>[^"]+)"[^>]*name="__RequestVerificationToken""", RegexOptions.None, 1000)]
    private static partial Regex Token();
}

/// <summary>What a browser was answered.</summary>
internal sealed record Page(int Status, string Text)
{
    public string? Location { get; init; }

    public string[] SetCookies { get; init; } = [];

    public string? RetryAfter { get; init; }

    public string? Policy { get; init; }

    /// <summary>The cookie of this name as it was set; null: it was not.</summary>
    public string? Cookie(string name) => Array.Find(SetCookies, cookie => cookie.StartsWith($"{name}=", StringComparison.Ordinal));

    public override string ToString() => $"{Status} {Location} {Text}";
}
