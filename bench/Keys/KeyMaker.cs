using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using JobTracker.Bench.Http;

namespace JobTracker.Bench.Keys;

/// <summary>Makes a key over HTTP, as an admin does: one that is stored, and not the configured one.</summary>
internal static class KeyMaker
{
    private static readonly string[] Scopes = ["jobs:read", "jobs:write"];

    public static async Task<string> MakeAsync(int port, string adminKey)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", adminKey);
        using var answer = await http.PostAsJsonAsync(
            new Uri(ServerProcess.Url(port) + "/v1/keys"), new { name = "bench", scopes = Scopes });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("secret").GetString()!;
    }
}
