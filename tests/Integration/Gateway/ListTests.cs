using System.Globalization;

namespace JobTracker.Tests.Integration.Gateway;

public sealed class ListTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private readonly ApiClient _api = host.NewCaller();

    [Theory]
    [InlineData("", "0 1 2 3")]
    [InlineData("status=running", "2")]
    [InlineData("status=running,cancelled&status=created", "0 2 3")]
    [InlineData("active=true", "0 1 2")]
    [InlineData("active=true&status=cancelled", "")]
    [InlineData("job_type=run", "1")]
    [InlineData("background=true", "2")]
    [InlineData("background=false", "0 1 3")]
    [InlineData("stop_reason=max_steps", "3")]
    [InlineData("source_id=s-1", "0")]
    [InlineData("source_id=s%27--", "1")]
    [InlineData("user_id=user-1", "0 1 2 3")]
    [InlineData("user_id=user-2", "")]
    [InlineData("created_after=2020-01-01T00:00:00Z", "0 1 2 3")]
    [InlineData("created_before=2020-01-01T00:00:00Z", "")]
    [InlineData("status=created,pending&job_type=run", "1")]
    public async Task Each_filter_lists_what_it_says(string filter, string expected)
    {
        string[] ids =
        [
            await _api.CreateAsync("""{"metadata":{"source_id":"s-1"}}"""),
            await _api.CreateAsync("""{"job_type":"run","status":"pending","metadata":{"source_id":"s'--"}}"""),
            await _api.CreateAsync("""{"status":"running","background":true}"""),
            await _api.CreateAsync(),
        ];
        await _api.PostAsync($"/v1/jobs/{ids[3]}/cancel", """{"stop_reason":"max_steps"}""");
        var listed = (await _api.GetAsync($"/v1/jobs?order=asc&{filter}")).Ok();

        Assert.Equal(expected, string.Join(' ', listed.Ids.Select(id => Array.IndexOf(ids, id).ToString(CultureInfo.InvariantCulture))));
    }

    [Fact]
    public async Task Children_are_listed_by_their_parent()
    {
        var parent = await _api.CreateAsync();
        var child = await _api.CreateAsync($$"""{"parent_id":"{{parent}}"}""");

        Assert.Equal([child], (await _api.GetAsync($"/v1/jobs?parent_id={parent}")).Ids);
    }

    [Theory]
    [InlineData("order=desc", false)]
    [InlineData("order=asc", true)]
    [InlineData("order_by=created_at&ascending=true", true)]
    [InlineData("status=created,running&source_id=a%26b", false)]
    public async Task A_walk_along_the_links_sees_every_job_once_both_ways(string filter, bool isAscending)
    {
        var ids = new List<string>();
        for (var i = 0; i < 7; i++)
            ids.Add(await _api.CreateAsync("""{"metadata":{"source_id":"a&b"}}"""));
        if (!isAscending)
            ids.Reverse();

        var (forth, last) = await WalkAsync($"/v1/jobs?limit=3&{filter}", "next");
        var (back, _) = await WalkAsync(last.Link("prev")!, "prev");
        Assert.Equal(ids, forth.SelectMany(page => page));
        Assert.Equal(ids, back.AsEnumerable().Reverse().SelectMany(page => page).Concat(last.Ids));
    }

    [Fact]
    public async Task A_walk_by_the_last_id_ends_with_an_empty_page_although_its_cursor_was_deleted()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Add(await _api.CreateAsync());
        var first = (await _api.GetAsync("/v1/jobs?order=asc&limit=2")).Ids;
        await _api.DeleteAsync($"/v1/jobs/{first[^1]}");
        var second = (await _api.GetAsync($"/v1/jobs?order=asc&limit=3&after={first[^1]}")).Ids;

        Assert.Equal(ids, first.Concat(second));
        Assert.Empty((await _api.GetAsync($"/v1/jobs?order=asc&after={second[^1]}")).Ids);
    }

    [Fact]
    public async Task Before_gives_the_jobs_just_before_in_the_requested_order()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Add(await _api.CreateAsync());

        Assert.Equal([ids[1], ids[2]], (await _api.GetAsync($"/v1/jobs?order=asc&limit=2&before={ids[3]}")).Ids);
        Assert.Equal([ids[4], ids[3]], (await _api.GetAsync($"/v1/jobs?limit=2&before={ids[2]}")).Ids);
        Assert.Equal([ids[1], ids[2], ids[3]], (await _api.GetAsync($"/v1/jobs?order=asc&after={ids[0]}&before={ids[4]}")).Ids);
    }

    [Fact]
    public async Task The_deprecated_list_of_active_jobs_says_what_comes_after_it()
    {
        string[] ids = [await _api.CreateAsync(), await _api.CreateAsync("""{"status":"pending"}"""),
            await _api.CreateAsync("""{"status":"running"}""")];
        await _api.PostAsync("/v1/jobs/bulk", $$"""{"jobs":[{{string.Join(',', Enumerable.Repeat("{}", 50))}}]}""");
        var active = (await _api.GetAsync("/v1/jobs/active")).Ok();

        Assert.Equal(50, active.Ids.Length);
        Assert.Equal([ids[0], ids[2]], active.Ids[..2]);
        Assert.Matches("^@[0-9]+$", active.Header("Deprecation"));
        Assert.Equal("/v1/jobs?active=true&order=asc", active.Link("successor-version"));
        (await _api.GetAsync(active.Link("successor-version")!)).Ok();
    }

    [Fact]
    public async Task Counts_are_exact_after_every_change()
    {
        var id = await _api.CreateAsync();
        await _api.CreateAsync("""{"job_type":"run"}""");
        var gone = await _api.CreateAsync("""{"job_type":"run"}""");
        await _api.PostAsync($"/v1/jobs/{id}/cancel", null);
        await _api.DeleteAsync($"/v1/jobs/{gone}");

        Assert.Equal(
            """{"total":2,"by_status":{"created":1,"pending":0,"running":0,"completed":0,"failed":0,"cancelled":1,"expired":0},"by_job_type":{"job":1,"run":1}}""",
            Sorted((await _api.GetAsync("/v1/jobs/stats")).Ok()));
    }

    [Fact]
    public async Task Another_organization_is_for_admins()
    {
        var id = await _api.CreateAsync();
        var organization = (await _api.GetAsync($"/v1/jobs/{id}")).Text("organization_id");
        var admin = host.Caller("org-admin", scopes: "jobs:read admin");

        foreach (var path in new[] { "/v1/jobs", "/v1/jobs/active", "/v1/jobs/stats" })
        {
            Assert.Equal("403 insufficient_scope", (await host.NewCaller().GetAsync($"{path}?organization_id={organization}")).Problem);
            (await _api.GetAsync($"{path}?organization_id={organization}")).Ok();
        }
        Assert.Equal([id], (await admin.GetAsync($"/v1/jobs?organization_id={organization}")).Ids);
        Assert.Equal(1, (await admin.GetAsync($"/v1/jobs/stats?organization_id={organization}")).Body.GetProperty("total").GetInt32());
        Assert.Equal("404 job_not_found", (await admin.GetAsync($"/v1/jobs/{id}")).Problem);
    }

    private static string Sorted(Answer stats) =>
        stats.Raw.Replace("""{"run":1,"job":1}""", """{"job":1,"run":1}""", StringComparison.Ordinal);

    /// <summary>The ids of every page along the links of one relation, and the last page.</summary>
    private async Task<(List<string[]> Pages, Answer Last)> WalkAsync(string path, string relation)
    {
        var pages = new List<string[]>();
        var page = (await _api.GetAsync(path)).Ok();
        pages.Add(page.Ids);
        while (page.Link(relation) is { } next)
        {
            page = (await _api.GetAsync(next)).Ok();
            pages.Add(page.Ids);
        }
        return (pages, page);
    }
}
