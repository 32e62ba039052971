using JobTracker.Jobs;
using JobTracker.Keys;
using JobTracker.Pages.Doors;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Pages.OneJob;

/// <summary>One job: where it stands, how it got there, what happens next, and what can be done about it.</summary>
public sealed partial class JobPage(IJobDoor jobs)
{
    private JobSnapshot? _job;

    /// <summary>The job's id.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    protected override IEnumerable<string> Needs => [Scopes.JobsRead];

    protected override async Task ReadAsync() => _job = JobId.TryParse(Id, out var id) ? await jobs.GetAsync(Who, id) : null;

    /// <summary>Goes on to the job that a command made or changed.</summary>
    private async Task ActAsync(Func<IJobDoor, HttpContext, JobId, Task<Done<JobSnapshot>>> command)
    {
        if (await DoAsync(() => command(jobs, Http, JobId.Parse(Id))) is { } job)
            Navigation.NavigateTo($"/ui/jobs/{job.Id}");
    }
}
