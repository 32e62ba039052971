using System.Net;
using System.Text.RegularExpressions;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Gateway.Admin;

/// <summary>A browser without scripts: it keeps cookies, and sends a page's forms as they are.</summary>
internal sealed partial class PageForms : IDisposable
{
    private readonly string _address;
    private readonly HttpClient _http;

    public PageForms(GatewayHost host, string organization, string scopes)
    {
        _address = host.Address;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });
        _http.DefaultRequestHeaders.Add(TestCallers.Organization, organization);
        _http.DefaultRequestHeaders.Add(TestCallers.User, "somebody");
        _http.DefaultRequestHeaders.Add(TestCallers.Scopes, scopes);
    }

    public void Dispose() => _http.Dispose();

    public async Task<(int Status, string Text)> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(_address + path).Soon();
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync().Soon());
    }

    /// <summary>Where the answer leads; null: nowhere, and the text says why.</summary>
    public async Task<(int Status, string? To, string Text)> PostAsync(
        string path, string form, params (string Name, string Value)[] fields)
    {
        var (_, page) = await GetAsync(path);
        var body = Form().Matches(page).Select(found => found.Value)
            .Single(found => found.Contains($"name=\"_handler\" value=\"{form}\"", StringComparison.Ordinal));
        var hidden = Hidden().Matches(body).Select(found =>
            KeyValuePair.Create(found.Groups["name"].Value, WebUtility.HtmlDecode(found.Groups["value"].Value)));
        using var content = new FormUrlEncodedContent(hidden.Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));
        using var answer = await _http.PostAsync(_address + path, content).Soon();
        return ((int)answer.StatusCode, answer.Headers.Location?.PathAndQuery, await answer.Content.ReadAsStringAsync().Soon());
    }

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline, 1000)]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex Hidden();
}
