using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using JobTracker.Tests.Support.Contract;

namespace JobTracker.Tests.Processes.Keys;

/// <summary>The HTTP API as the holder of one key sees it.</summary>
internal sealed class KeyApi : IDisposable
{
    private readonly HttpClient _http;

    public KeyApi(Uri address, string key)
    {
        _http = new HttpClient(new ContractHandler(new SocketsHttpHandler())) { BaseAddress = address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>A look at nothing but the credential.</summary>
    public async Task<HttpStatusCode> StatusAsync()
    {
        using var answer = await _http.GetAsync(new Uri("/v1/whoami", UriKind.Relative));
        return answer.StatusCode;
    }

    public Task<JsonElement> WhoamiAsync() => _http.GetFromJsonAsync<JsonElement>(new Uri("/v1/whoami", UriKind.Relative));

    /// <summary>A new key's id, and the key.</summary>
    public async Task<(string Id, string Key)> CreateKeyAsync(params string[] scopes)
    {
        using var answer = await _http.PostAsJsonAsync("/v1/keys", new { name = "made by a test", scopes });
        var made = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>())!;
        return (made.GetProperty("id").GetString()!, made.GetProperty("secret").GetString()!);
    }

    public async Task RevokeAsync(string id)
    {
        using var answer = await _http.DeleteAsync(new Uri($"/v1/keys/{id}", UriKind.Relative));
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();
}
