namespace JobTracker.Tests.Processes.Pages;

/// <summary>
/// What holds for every page: it loads nothing from elsewhere, breaks no policy, complains of nothing, and everybody can use it.
/// </summary>
[Collection("processes")]
public sealed class PageConductTests(PageSite site)
{
    private static readonly TimeSpan Filling = TimeSpan.FromSeconds(75);

    /// <summary>Every page there is, and what it answers; ids stand for those of a site that has a little of everything.</summary>
    private static readonly (string Path, int Status)[] Paths =
    [
        ("/ui/", 200), ("/ui/jobs", 200), ("/ui/jobs?status=failed&status=running", 200), ("/ui/jobs?tag=nobody-has-this", 200),
        ("/ui/jobs?status=wrong", 422), ("/ui/jobs/{job}", 200), ("/ui/jobs/{ended}", 200),
        ("/ui/jobs/job-00000000-0000-7000-8000-000000000000", 404), ("/ui/batches", 200), ("/ui/batches?status=wrong", 422),
        ("/ui/batches/batch-00000000-0000-7000-8000-000000000000", 404), ("/ui/callbacks", 200), ("/ui/operations", 200),
        ("/ui/operations/new?action=cancel&tag=conduct", 200), ("/ui/operations/{operation}", 200), ("/ui/admin/organizations", 200),
        ("/ui/admin/keys", 200), ("/ui/admin/audit", 200), ("/ui/admin/cluster", 200), ("/ui/login", 200), ("/ui/nowhere", 404),
    ];

    [Fact]
    public async Task No_page_loads_from_elsewhere_breaks_the_policy_or_fails_the_rules_of_accessibility()
    {
        var ids = await SeedAsync();
        await using var page = await site.OpenAsync("/ui/");
        var conduct = new PageConduct(page);
        foreach (var (path, status) in Paths)
            await conduct.LookAsync(Named(path, ids), status);
        Assert.True(conduct.Faults.Count == 0, string.Join('\n', conduct.Faults));
    }

    /// <summary>Lists with rows in every status, callbacks that fail, batches with items that failed: the demonstration has them.</summary>
    [Fact]
    public async Task So_do_the_pages_of_an_organization_where_much_happens()
    {
        var folder = Directory.CreateTempSubdirectory("jobtracker-conduct-");
        try
        {
            await using var demo = SiloProcess.LaunchDemo(Path.Combine(folder.FullName, "demo.db"));
            await demo.UntilReadyAsync();
            using var api = new PageApi(demo.Address);
            await using var page = await WatchedPage.OpenAsync(await site.BrowserAsync(), demo.Address, "/ui/");
            var conduct = new PageConduct(page);
            foreach (var path in (string[])
                ["/ui/", "/ui/jobs", $"/ui/jobs/{await FirstAsync(api, "/v1/jobs?status=failed", demo)}", "/ui/callbacks", "/ui/batches"])
                await conduct.LookAsync(path);
            var batch = await FirstAsync(api, "/v1/batches?status=completed", demo);
            foreach (var path in (string[])[$"/ui/batches/{batch}", $"/ui/batches/{batch}?status=failed"])
                await conduct.LookAsync(path);
            Assert.True(conduct.Faults.Count == 0, string.Join('\n', conduct.Faults));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The newest of a list, when there is one.</summary>
    private static async Task<string> FirstAsync(PageApi api, string list, ServerProcess demo)
    {
        string? id = null;
        await Polling.UntilAsync(Filling, async () =>
        {
            var rows = await api.GetAsync(list);
            id = rows.GetArrayLength() == 0 ? null : rows[0].GetProperty("id").GetString();
            return id is not null;
        }, demo.Story);
        return id!;
    }

    private static string Named(string path, Dictionary<string, string> ids) =>
        ids.Aggregate(path, (named, id) => named.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal));

    private async Task<Dictionary<string, string>> SeedAsync()
    {
        using var api = await site.ApiAsync();
        var job = await api.CreateAsync(new
        {
            job_type = "conduct",
            tags = new[] { "conduct" },
            status = "running",
            timeout_seconds = 3600,
            heartbeat_timeout_seconds = 600,
            metadata = new { source_id = "s-1", model = "large", nested = new { list = new[] { 1, 2, 3 } } },
            callback_url = "http://receiver.example/hook?token=secret",
        });
        await api.PatchAsync(job, new { progress = new { completed = 3, total = 10, message = "third of ten" } });
        var ended = await api.CreateAsync(new { job_type = "conduct", status = "running" });
        await api.PatchAsync(ended, new { status = "failed", error = new { code = "out_of_memory", message = "The worker had no memory left." } });
        var operation = await api.PostAsync("/v1/operations", new { action = "cancel", filter = new { tag = new[] { "conduct-none" } } });
        return new(StringComparer.Ordinal)
        {
            ["job"] = job,
            ["ended"] = ended,
            ["operation"] = operation.GetProperty("id").GetString()!,
        };
    }
}
