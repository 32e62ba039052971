using System.Text;
using JobTracker.Tests.Support;
using JobTracker.Tests.Support.Contract;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Integration.Gateway;

/// <summary>Asks every endpoint of a host the same: what a rule of all of them promises is tried on each.</summary>
internal static class EveryEndpoint
{
    private const string Id = "01890a5d-ac96-774b-bcce-b302099a8057";
    private static readonly HttpClient Http = new(new ContractHandler(new SocketsHttpHandler { AllowAutoRedirect = false }));

    /// <summary>Method and path of each, with ids of nothing.</summary>
    private static IEnumerable<(HttpMethod Method, string Path)> Of(GatewayHost host) =>
        from route in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let path = route.RoutePattern.RawText!
        where path.StartsWith("/v1", StringComparison.Ordinal) || path.StartsWith("/healthz", StringComparison.Ordinal)
        from method in route.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
        select (new HttpMethod(method), Filled(path));

    /// <summary>What each answers, as "status METHOD path", with what <paramref name="shape"/> made of the request.</summary>
    public static async Task<string[]> AnswersAsync(
        GatewayHost host, string query, Action<HttpRequestMessage> shape, Func<HttpMethod, string, bool>? only = null)
    {
        var answers = new List<string>();
        foreach (var (method, path) in Of(host).Where(endpoint => only?.Invoke(endpoint.Method, endpoint.Path) ?? true))
        {
            using var request = new HttpRequestMessage(method, host.Address + path + query);
            request.Headers.Add(TestCallers.Organization, "org-every");
            request.Headers.Add(TestCallers.User, "u");
            request.Headers.Add(TestCallers.Scopes, "admin");
            shape(request);
            using var answer = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).Soon();
            answers.Add($"{(int)answer.StatusCode} {method} {path}");
        }
        Assert.NotEmpty(answers);
        return [.. answers];
    }

    /// <summary>Text that says of itself what it is, with its length or in chunks.</summary>
    public static HttpContent Content(
        string text, string type, bool isChunked = false, string? encoding = null, byte[]? bytes = null)
    {
        var body = bytes ?? Encoding.UTF8.GetBytes(text);
        HttpContent content = isChunked ? new StreamContent(new NoLength(body)) : new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);
        return content;
    }

    private static string Filled(string path) => path
        .Replace("{id}", path.Split('/')[2] switch
        {
            "jobs" => $"job-{Id}",
            "keys" => "key-0123456789",
            "operations" => $"operation-{Id}",
            "organizations" => "org-of-nobody",
            _ => $"batch-{Id}",
        }, StringComparison.Ordinal)
        .Replace("{custom_id}", "a", StringComparison.Ordinal);

    /// <summary>A stream that does not tell how long it is, so that it goes out in chunks.</summary>
    private sealed class NoLength(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
