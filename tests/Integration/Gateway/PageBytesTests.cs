using System.Text;

namespace JobTracker.Tests.Integration.Gateway;

/// <summary>Pages of large jobs are short, and say where the rest is.</summary>
public sealed class PageBytesTests : IAsyncLifetime
{
    private const int PageBytes = 1 << 14;

    private readonly GatewayHost _host = new(("Limits:PageBytes", "16384"));

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("/v1/jobs?limit=1000&order=asc")]
    [InlineData("/v1/jobs?order=asc&status=running,created&source_id=s")]
    [InlineData("/v1/jobs/active?source_id=s")]
    public async Task A_walk_along_the_links_sees_every_job_once_in_pages_of_their_bytes_at_most(string path)
    {
        var api = _host.NewCaller();
        var ids = new List<string>();
        foreach (var filler in (int[])[5_000, 5_000, 5_000, 5_000, 60_000, 10, 10])
            ids.Add(
                await api.CreateAsync($$"""{"status":"running","metadata":{"source_id":"s","ü":"{{new string('ü', filler / 2)}}"} }"""));

        List<string[]> pages = [];
        for (var next = path; next is not null;)
        {
            var page = (await api.GetAsync(next)).Ok();
            Assert.True(page.Ids.Length == 1
                || Encoding.UTF8.GetByteCount(page.Raw) <= PageBytes, $"{page.Ids.Length} jobs, {page.Raw.Length} characters");
            pages.Add(page.Ids);
            next = page.Link("next");
        }

        Assert.Equal(ids, pages.SelectMany(page => page));
        Assert.Equal([2, 2, 1, 2], pages.Select(page => page.Length));
    }
}
