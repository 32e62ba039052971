using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace JobTracker.Tests.Processes.Fuzz;

/// <summary>
/// Two organizations: one from which all requests come, and its neighbour, whose every text holds a mark that no request has. Nothing of
/// the neighbour may stand in an answer but what the request said itself.
/// </summary>
internal sealed class FuzzTenants
{
    private const string Mark = "zq7neighbour";
    private const string Neighbour = "org-beside";
    private const string Own = "org-own";

    private const string EverythingButKeys = "jobs:read jobs:write batches:read batches:write callbacks:manage audit:read";

    private readonly List<string> _foreign = [Neighbour];

    /// <summary>Of a key with every scope but <c>admin</c> and <c>keys:manage</c>: nothing that it sends can end it.</summary>
    public required string Key { get; init; }

    /// <summary>Of one that may manage keys, too. It does not know its own id, so that it ends others alone.</summary>
    public required string KeyManager { get; init; }

    /// <summary>The neighbour's ids.</summary>
    public IReadOnlyCollection<string> Foreign => _foreign;

    public static async Task<FuzzTenants> MakeAsync(Uri address, string adminKey)
    {
        using var admin = Client(address, adminKey);
        await SendAsync(admin, "/v1/organizations", new { id = Own });
        await SendAsync(admin, "/v1/organizations", new { id = Neighbour, name = Mark });
        var tenants = new FuzzTenants
        {
            Key = (await MakeKeyAsync(admin, Own, "user-own", EverythingButKeys)).Secret,
            KeyManager = (await MakeKeyAsync(admin, Own, "user-own", EverythingButKeys + " keys:manage")).Secret,
        };
        await tenants.FurnishAsync(address, admin);
        return tenants;
    }

    /// <summary>What an answer tells of the neighbour, and the request did not say.</summary>
    public IEnumerable<string> LeaksIn(FuzzRequest request, RawAnswer answer)
    {
        var said = Encoding.Latin1.GetString(request.ToBytes());
        var told = string.Join('\n', answer.Headers.Select(header => $"{header.Name}: {header.Value}")) + "\n" + Unechoed(request, answer.Text);
        foreach (var text in _foreign.Append(Mark).Where(text => told.Contains(text, StringComparison.OrdinalIgnoreCase)))
        {
            if (!said.Contains(text, StringComparison.OrdinalIgnoreCase))
                yield return $"{answer.Status} tells {text}, which is the neighbour's";
        }
    }

    /// <summary>An item of a batch names the job that its writer named, whether there is such a job or not: his own words.</summary>
    private string Unechoed(FuzzRequest request, string told) =>
        request.Target.StartsWith("/v1/batches/", StringComparison.OrdinalIgnoreCase)
            ? _foreign.Aggregate(told, (text, id) => text.Replace($"\"job_id\":\"{id}\"", "", StringComparison.Ordinal))
            : told;

    private async Task FurnishAsync(Uri address, HttpClient admin)
    {
        var (id, secret) = await MakeKeyAsync(admin, Neighbour, $"user-{Mark}", EverythingButKeys + " keys:manage");
        _foreign.Add(id);
        using var neighbour = Client(address, secret);
        for (var number = 0; number < 3; number++)
        {
            _foreign.Add(await IdOfAsync(neighbour, "/v1/jobs", new
            {
                job_type = Mark,
                status = number == 0 ? "running" : "created",
                metadata = new { source_id = Mark, note = Mark },
                callback_url = $"https://{Mark}.invalid/hook",
            }));
        }

        var item = new
        {
            custom_id = Mark,
            @params = new { model = Mark, max_tokens = 1, messages = new[] { new { role = "user", content = Mark } } }
        };
        _foreign.Add(
            await IdOfAsync(neighbour, "/v1/batches", new { provider = "claude", metadata = new { note = Mark }, items = new[] { item } }));
        _foreign.Add(await IdOfAsync(neighbour, "/v1/keys", new { name = Mark, scopes = new[] { "jobs:read" } }));
    }

    private static async Task<(string Id, string Secret)> MakeKeyAsync(HttpClient admin, string organization, string user, string scopes)
    {
        var key = await SendAsync(
            admin, "/v1/keys", new { name = organization, organization_id = organization, user_id = user, scopes = scopes.Split(' ') });
        return (key.GetProperty("id").GetString()!, key.GetProperty("secret").GetString()!);
    }

    private static async Task<string> IdOfAsync(HttpClient http, string path, object body) =>
        (await SendAsync(http, path, body)).GetProperty("id").GetString()!;

    private static async Task<JsonElement> SendAsync(HttpClient http, string path, object body)
    {
        using var answer = await http.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private static HttpClient Client(Uri address, string key) =>
        new() { BaseAddress = address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
}
