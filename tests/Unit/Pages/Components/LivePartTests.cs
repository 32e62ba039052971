using Bunit;
using JobTracker.Jobs;
using JobTracker.Pages.Doors;
using JobTracker.Pages.OneJob;
using JobTracker.Pages.Overview;
using JobTracker.Tests.Unit.Pages.Jobs;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Unit.Pages.Components;

/// <summary>What parts of pages that go on by themselves have in common.</summary>
public sealed class LivePartTests
{
    private static readonly PageFault Outage = new("Unavailable", "The database does not answer.", 503);
    private static readonly PageFault Forbidden = new("Forbidden", "It needs a scope.", 403);
    private static readonly JobSnapshot Job = PageJobs.Job(PageJobs.Ids(1)[0]);

    [Fact]
    public async Task The_server_writes_what_there_is_and_says_that_it_does_not_go_on()
    {
        await using var parts = Parts.OnTheServer();
        parts.Jobs.Now = Job;
        var part = Show(parts);
        Assert.Equal(("off", "running"), (Mark(part), part.Find(".status").TextContent));
    }

    [Fact]
    public async Task The_server_says_an_outage()
    {
        await using var parts = Parts.OnTheServer();
        parts.Jobs.Fault = Outage;
        Assert.Contains(Outage.Detail, Show(parts).Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_circuit_leaves_what_the_server_wrote_until_it_can_read()
    {
        await using var parts = Parts.InACircuit();
        parts.Jobs.Fault = Outage;
        var part = Show(parts);
        await parts.UntilAsync(() => Assert.InRange(parts.Jobs.Reads, 4, int.MaxValue));
        Assert.Empty(part.Markup);

        parts.Jobs.Now = Job;
        parts.Jobs.Fault = null;
        await parts.UntilAsync(() => Assert.Equal(("on", "running"), (Mark(part), part.Find(".status").TextContent)));
    }

    [Fact]
    public async Task What_a_circuit_may_not_read_it_says_at_once()
    {
        await using var parts = Parts.InACircuit();
        parts.Jobs.Fault = Forbidden;
        Assert.Contains(Forbidden.Detail, Show(parts).Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_is_shown_and_a_removed_thing_stays_as_it_was()
    {
        await using var parts = Parts.InACircuit();
        parts.Jobs.Now = Job;
        var part = Show(parts);
        parts.Jobs.Tell(Job with { Version = 2, Status = JobStatus.Failed, StopReason = "timeout" });
        await parts.UntilAsync(() => Assert.Equal("failed", part.Find(".status").TextContent));

        parts.Jobs.Tell(null);
        await parts.UntilAsync(() => Assert.Contains("The job was removed", part.Markup, StringComparison.Ordinal));
        Assert.Equal("failed", part.Find(".status").TextContent);
    }

    [Fact]
    public async Task What_ends_under_somebodys_eyes_leads_to_what_can_be_done_now()
    {
        await using var parts = Parts.InACircuit();
        parts.Jobs.Now = Job;
        var part = Show(parts, wasOpen: true);
        Assert.Empty(part.FindAll("[data-ended]"));
        parts.Jobs.Tell(Job with { Version = 2, Status = JobStatus.Completed });
        await parts.UntilAsync(() => Assert.Equal($"/ui/jobs/{Job.Id}", part.Find("[data-ended] a").GetAttribute("href")));
    }

    [Fact]
    public async Task What_had_ended_before_says_nothing_of_it()
    {
        await using var parts = Parts.InACircuit();
        parts.Jobs.Now = Job with { Status = JobStatus.Completed };
        Assert.Empty(Show(parts, wasOpen: false).FindAll("[data-ended]"));
    }

    [Fact]
    public async Task An_outage_leaves_what_was_there_and_says_since_when_until_it_is_over()
    {
        await using var parts = Parts.InACircuit();
        parts.Jobs.All = [Job];
        var part = parts.Render<StatusCounts>();
        Assert.Equal(("on", 1L), (Mark(part), Running(part)));

        parts.Jobs.Fault = Outage;
        await parts.UntilAsync(() => Assert.Equal("stale", Mark(part)));
        Assert.Equal(1, Running(part));
        Assert.Contains("What is shown is as of before", part.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.NotNull(part.Find("[role=alert] jt-time").GetAttribute("datetime"));

        parts.Jobs.Fault = null;
        await parts.UntilAsync(() => Assert.Equal("on", Mark(part)));
        Assert.Empty(part.FindAll("[role=alert]"));
    }

    [Fact]
    public async Task A_session_that_ended_leads_to_the_form_and_back_to_the_page()
    {
        await using var parts = Parts.InACircuit();
        var isLetIn = true;
        var looks = 0;
        parts.Who = parts.Who with { Stands = () => ValueTask.FromResult(++looks > 0 && isLetIn) };
        parts.Jobs.Now = Job;
        var address = parts.Services.GetRequiredService<NavigationManager>();
        address.NavigateTo($"/ui/jobs/{Job.Id}");
        Show(parts);
        await parts.UntilAsync(() => Assert.Equal(2, looks));
        Assert.EndsWith($"/ui/jobs/{Job.Id}", address.Uri, StringComparison.Ordinal);

        isLetIn = false;
        await parts.UntilAsync(() =>
            Assert.EndsWith($"/ui/login?error=ended&return=%2Fui%2Fjobs%2F{Job.Id}", address.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_read_any_more_when_the_page_is_closed()
    {
        await using var parts = Parts.InACircuit();
        parts.Jobs.Now = Job;
        Show(parts);
        var feed = parts.Services.GetRequiredService<JobViews>().Feed;
        Assert.Equal(1, feed.Readers);
        await parts.DisposeComponentsAsync();
        Assert.Equal(0, feed.Readers);
    }

    private static IRenderedComponent<JobLive> Show(Parts parts, bool wasOpen = true) => parts.Render<JobLive>(of => of
        .Add(part => part.Id, Job.Id.ToString())
        .Add(part => part.Documents, JobView.MarkOf(Job))
        .Add(part => part.WasOpen, wasOpen));

    private static string? Mark<T>(IRenderedComponent<T> part)
        where T : IComponent => part.Find("jt-live").GetAttribute("state");

    private static long Running(IRenderedComponent<StatusCounts> part) =>
        long.Parse(part.Find("a[href='/ui/jobs?status=running'] b").TextContent, System.Globalization.CultureInfo.InvariantCulture);
}
