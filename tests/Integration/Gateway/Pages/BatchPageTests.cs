using JobTracker.Tests.Integration.Gateway.Admin;
using JobTracker.Tests.Integration.Gateway.Batches;
using JobTracker.Tests.StandIn.Batches;

namespace JobTracker.Tests.Integration.Gateway.Pages;

/// <summary>The pages of batches, as a browser without scripts sees them.</summary>
public sealed class BatchPageTests(BatchHost host) : IClassFixture<BatchHost>
{
    private const string All = "batches:read batches:write jobs:read jobs:write";

    [Fact]
    public async Task A_batch_that_failed_in_part_shows_why_gives_its_results_and_is_sent_again()
    {
        var caller = CallerOf("org-batches");
        using var pages = new PageForms(host.Gateway, "org-batches", All);
        var (batch, provider) = await caller.RunningAsync("a", "b");
        var page = $"/ui/batches/{batch.Text("id")}";
        Assert.Equal(409, (await pages.GetAsync(page + "/results.jsonl")).Status);
        provider.Decide("a", ItemOutcome.Fails());
        provider.End();
        await caller.DoneAsync(batch);

        var (status, text) = await pages.GetAsync(page + "?status=failed&item=a");
        Assert.Equal(200, status);
        Assert.Contains("What items failed with", text, StringComparison.Ordinal);
        Assert.Contains("<h2>Item a</h2>", text, StringComparison.Ordinal);
        var results = (await caller.Api.GetAsync($"/v1/batches/{batch.Text("id")}/results")).Ok().Raw;
        Assert.Equal((200, results), await pages.GetAsync(page + "/results.jsonl"));
        Assert.Contains("\"custom_id\":\"a\"", (await pages.GetAsync(page + "/item.json?item=a")).Text, StringComparison.Ordinal);
        Assert.Equal(404, (await pages.GetAsync(page + "/item.json?item=none")).Status);
        Assert.Contains($"{page}\"", (await pages.GetAsync("/ui/batches?status=completed")).Text, StringComparison.Ordinal);

        Assert.Equal((302, page), Led(await pages.PostAsync(page, "resubmit")));
        Assert.Equal(2, (await caller.Api.GetAsync($"/v1/batches/{batch.Text("id")}")).Ok().Body.GetProperty("attempts").GetInt32());
        Assert.Equal((302, page), Led(await pages.PostAsync(page, "cancel")));
    }

    [Fact]
    public async Task A_refusal_is_told_on_the_page_where_it_was_asked_for()
    {
        var caller = CallerOf("org-refused");
        using var pages = new PageForms(host.Gateway, "org-refused", All);
        var (batch, _) = await caller.RunningAsync("a");

        var (status, _, text) = await pages.PostAsync($"/ui/jobs/{batch.Text("job_id")}", "cancel");
        Assert.Equal(409, status);
        Assert.Contains("role=\"alert\"", text, StringComparison.Ordinal);
        Assert.Contains($"The job follows {batch.Text("id")}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_organizations_batch_an_unknown_one_and_nonsense_are_not_there()
    {
        var (batch, _) = await CallerOf("org-holds").RunningAsync("a");
        using var others = new PageForms(host.Gateway, "org-others", All);
        using var reader = new PageForms(host.Gateway, "org-holds", "batches:read");
        using var nobody = new PageForms(host.Gateway, "org-holds", "jobs:read");

        foreach (var path in new[] { batch.Text("id"), "batch-00000000-0000-7000-8000-000000000000", "nonsense" })
        {
            foreach (var end in new[] { "", "/results.jsonl", "/quarantine.jsonl", "/metadata.json", "/item.json?item=a" })
                Assert.Equal((path + end, 404), (path + end, (await others.GetAsync($"/ui/batches/{path}{end}")).Status));
        }
        var (status, text) = await reader.GetAsync($"/ui/batches/{batch.Text("id")}");
        Assert.Equal(200, status);
        Assert.DoesNotContain("value=\"refresh\"", text, StringComparison.Ordinal);
        Assert.Equal(403, (await nobody.GetAsync($"/ui/batches/{batch.Text("id")}")).Status);
        Assert.Equal(403, (await nobody.GetAsync("/ui/batches")).Status);
    }

    private BatchCaller CallerOf(string organization) => new(host.Gateway.Caller(organization, "somebody", All), host.StandIn);

    private static (int Status, string? To) Led((int Status, string? To, string Text) answer) => (answer.Status, answer.To);
}
