using JobTracker.Tests.Integration.Gateway.Admin;

namespace JobTracker.Tests.Integration.Gateway.Pages;

/// <summary>A job's page, as a browser without scripts sees it.</summary>
public sealed class JobPageTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private const string All = "jobs:read jobs:write callbacks:manage";

    [Fact]
    public async Task What_a_form_does_is_done_and_what_is_refused_says_why_on_the_page()
    {
        var api = host.Caller("org-acts", "somebody", All);
        using var pages = new PageForms(host, "org-acts", All);
        var id = await api.CreateAsync("""{"job_type": "acts", "status": "running"}""");
        var page = $"/ui/jobs/{id}";

        Assert.Equal((302, page), Led(await pages.PostAsync(page, "deadline", ("in", "3600"))));
        Assert.NotEmpty((await api.GetAsync($"/v1/jobs/{id}")).Ok().Text("expires_at"));
        Assert.Equal((302, page), Led(await pages.PostAsync(page, "cancel")));
        Assert.Equal("cancelled", (await api.GetAsync($"/v1/jobs/{id}")).Ok().Text("status"));
        Assert.DoesNotContain("value=\"cancel\"", (await pages.GetAsync(page)).Text, StringComparison.Ordinal);
        var (status, retry) = Led(await pages.PostAsync(page, "retry"));
        Assert.Equal(302, status);
        Assert.NotEqual(page, retry);
        Assert.Contains($"/ui/jobs/{id}", (await pages.GetAsync(retry!)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Actions_and_pages_are_those_of_the_scopes()
    {
        var id = await host.Caller("org-reads", "somebody", All).CreateAsync("""{"status": "running"}""");
        using var reader = new PageForms(host, "org-reads", "jobs:read");
        using var nobody = new PageForms(host, "org-reads", "batches:read");

        var (status, text) = await reader.GetAsync($"/ui/jobs/{id}");
        Assert.Equal(200, status);
        Assert.DoesNotContain("_handler\" value=\"cancel\"", text, StringComparison.Ordinal);
        Assert.Equal(403, (await nobody.GetAsync($"/ui/jobs/{id}")).Status);
        Assert.Equal(403, (await nobody.GetAsync($"/ui/jobs/{id}/metadata.json")).Status);
    }

    [Fact]
    public async Task Another_organizations_job_an_unknown_one_and_nonsense_are_not_there()
    {
        var id = await host.Caller("org-owns", "somebody", All).CreateAsync("""{"metadata": {"secret": 1}}""");
        using var others = new PageForms(host, "org-others", All);
        using var own = new PageForms(host, "org-owns", All);

        foreach (var path in new[] { id, "job-00000000-0000-7000-8000-000000000000", "nonsense" })
        {
            Assert.Equal(404, (await others.GetAsync($"/ui/jobs/{path}")).Status);
            Assert.Equal(404, (await others.GetAsync($"/ui/jobs/{path}/metadata.json")).Status);
        }
        Assert.Equal((200, """{"secret":1}"""), await own.GetAsync($"/ui/jobs/{id}/metadata.json"));
        Assert.Equal(404, (await own.GetAsync($"/ui/jobs/{id}/request_config.json")).Status);
    }

    [Fact]
    public async Task A_callbacks_query_is_nowhere_on_the_page()
    {
        var id = await host.Caller("org-tokens", "somebody", All)
            .CreateAsync("""{"callback_url": "https://receiver.example/hook?token=do-not-show"}""");
        using var pages = new PageForms(host, "org-tokens", All);

        var (_, text) = await pages.GetAsync($"/ui/jobs/{id}");
        Assert.Contains("https://receiver.example/hook?", text, StringComparison.Ordinal);
        Assert.DoesNotContain("do-not-show", text, StringComparison.Ordinal);
    }

    private static (int Status, string? To) Led((int Status, string? To, string Text) answer) => (answer.Status, answer.To);
}
