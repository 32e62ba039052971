using Bunit;
using JobTracker.Jobs;
using JobTracker.Keys;
using JobTracker.Pages.Jobs;
using JobTracker.Tests.Unit.Pages.Jobs;

namespace JobTracker.Tests.Unit.Pages.Components;

/// <summary>The list of jobs under somebody's pointer.</summary>
public sealed class JobListPartTests
{
    private static readonly JobId[] Ids = PageJobs.Ids(60);

    [Fact]
    public async Task What_is_new_waits_and_what_changes_does_so_where_it_is()
    {
        await using var parts = Parts.InACircuit();
        parts.Jobs.All = [PageJobs.Job(Ids[1]), PageJobs.Job(Ids[0])];
        var part = Show(parts);
        parts.Jobs.All = [PageJobs.Job(Ids[2]), PageJobs.Job(Ids[1]), PageJobs.Job(Ids[0], JobStatus.Completed, 2)];

        await parts.UntilAsync(() => Assert.Equal("1 new", part.Find("[role=status] a").TextContent));
        Assert.Equal([(Ids[1].ToString(), "running"), (Ids[0].ToString(), "completed")], Rows(part));
    }

    [Fact]
    public async Task While_it_is_paused_nothing_changes_and_then_everything_at_once()
    {
        await using var parts = Parts.InACircuit();
        parts.Jobs.All = [PageJobs.Job(Ids[0])];
        var part = Show(parts);
        await part.Find("[data-pause]").ClickAsync();
        Assert.Equal("true", part.Find("[data-pause]").GetAttribute("aria-pressed"));
        Assert.Equal("paused", part.Find("[role=status]").TextContent.Trim());
        parts.Jobs.All = [PageJobs.Job(Ids[1]), PageJobs.Job(Ids[0], JobStatus.Failed, 2)];
        var before = parts.Jobs.Reads;
        await parts.UntilAsync(() => Assert.InRange(parts.Jobs.Reads, before + 3, int.MaxValue));
        Assert.Equal([(Ids[0].ToString(), "running")], Rows(part));

        await part.Find("[data-pause]").ClickAsync();
        Assert.Equal([(Ids[0].ToString(), "failed")], Rows(part));
        Assert.Equal("1 new", part.Find("[role=status]").TextContent.Trim());
    }

    [Fact]
    public async Task A_row_that_matches_no_longer_stays_with_a_word_and_so_does_one_that_is_removed()
    {
        await using var parts = Parts.InACircuit();
        parts.Jobs.All = [PageJobs.Job(Ids[1]), PageJobs.Job(Ids[0])];
        var part = Show(parts, "?status=running");
        parts.Jobs.All = [PageJobs.Job(Ids[1], JobStatus.Completed, 2)];

        await parts.UntilAsync(() =>
            Assert.Equal(["left", "removed"], part.FindAll("tr[data-row]").Select(row => row.GetAttribute("data-mark"))));
        Assert.Equal([(Ids[1].ToString(), "completed"), (Ids[0].ToString(), "running")], Rows(part));
    }

    [Fact]
    public async Task More_than_a_page_of_new_ones_are_counted_no_further()
    {
        await using var parts = Parts.InACircuit();
        parts.Jobs.All = [PageJobs.Job(Ids[0])];
        var part = Show(parts);
        parts.Jobs.All = [.. Ids.Reverse().Select(id => PageJobs.Job(id))];
        await parts.UntilAsync(() => Assert.Equal("50 or more new", part.Find("[role=status]").TextContent.Trim()));
    }

    [Theory]
    [InlineData(Scopes.JobsRead, 0)]
    [InlineData(Scopes.JobsRead + " " + Scopes.JobsWrite, 2)]
    [InlineData(Scopes.JobsRead + " " + Scopes.JobsWrite + " " + Scopes.CallbacksManage, 3)]
    public async Task Only_what_is_permitted_is_offered(string scopes, int actions)
    {
        await using var parts = Parts.OnTheServer();
        parts.Who = parts.Who with { Held = [.. scopes.Split(' ')] };
        parts.Jobs.All = [PageJobs.Job(Ids[0])];
        var part = Show(parts);
        Assert.Equal((actions, actions), (part.FindAll("[name=action]").Count, part.FindAll(".all a").Count));
        Assert.Equal(actions > 0, part.FindAll("[name=job_id]").Count > 0);
        Assert.Empty(part.FindAll("[data-pause]"));
    }

    [Theory]
    [InlineData("", "There are no jobs yet")]
    [InlineData("?status=failed", "No job matches.")]
    [InlineData("?status=failed&active=true", "the filters exclude each other")]
    [InlineData("?after=job-019c0000-0000-7000-8000-000000000000", "There are no more jobs in this direction.")]
    public async Task An_empty_list_says_why(string search, string why)
    {
        await using var parts = Parts.OnTheServer();
        Assert.Contains(why, Show(parts, search).Find(".empty").TextContent, StringComparison.Ordinal);
    }

    private static IRenderedComponent<JobListPart> Show(Parts parts, string search = "") =>
        parts.Render<JobListPart>(of => of.Add(part => part.Search, search));

    private static (string Id, string Status)[] Rows(IRenderedComponent<JobListPart> part) =>
    [
        .. part.FindAll("tr[data-row]").Select(row => (
            row.QuerySelector("[data-open]")!.GetAttribute("title")!,
            row.QuerySelector(".status")!.TextContent.Trim())),
    ];
}
