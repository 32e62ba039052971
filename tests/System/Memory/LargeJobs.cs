using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace JobTracker.Tests.Processes.Memory;

/// <summary>A thousand jobs as large as they may be: 64 KiB of metadata and 64 KiB of request_config each.</summary>
internal static class LargeJobs
{
    public const int Count = 1_000;

    public const string List = "/v1/jobs?limit=1000";

    private const int MemberBytes = 64 << 10;

    private static readonly string Member = $$"""{"a":"{{new string('x', MemberBytes - """{"a":""}""".Length)}}"}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task FillAsync(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address, Timeout = Patience };
        var body = Encoding.UTF8.GetBytes($$"""{"metadata":{{Member}},"request_config":{{Member}} }""");
        await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, cancellation) =>
        {
            using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var made = await http.PostAsync(new Uri("/v1/jobs", UriKind.Relative), content, cancellation);
            made.EnsureSuccessStatusCode();
        });
    }

    /// <summary>A reader who walks from page to page along the links, as fast as they come; how many jobs each page had.</summary>
    public static async Task<List<int>> WalkAsync(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address, Timeout = Patience };
        List<int> pages = [];
        for (var path = List; path is not null;)
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            answer.EnsureSuccessStatusCode();
            using var page = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync());
            pages.Add(page.RootElement.GetArrayLength());
            path = Next(answer.Headers);
        }
        return pages;
    }

    private static string? Next(HttpResponseHeaders headers) => headers.TryGetValues("Link", out var links)
        ? links.SelectMany(link => link.Split(", ")).Where(link => link.EndsWith("rel=\"next\"", StringComparison.Ordinal))
            .Select(link => link[1..link.IndexOf('>', StringComparison.Ordinal)]).SingleOrDefault()
        : null;
}
