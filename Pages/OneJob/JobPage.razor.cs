using JobTracker.Jobs;
using JobTracker.Keys;
using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;
using JobTracker.Pages.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Pages.OneJob;

/// <summary>One job: where it stands, how it got there, what happens next, and what can be done about it.</summary>
public sealed partial class JobPage(IJobDoor jobs, CurrentCaller callers, NavigationManager navigation)
{
    private JobSnapshot? _job;
    private bool _isRefused;
    private PageFault? _fault;
    private PageFault? _refusal;

    /// <summary>Nothing is written before: what is not there yet is not missing.</summary>
    private bool _isRead;

    /// <summary>The job's id.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    private string Here => $"/ui/jobs/{Uri.EscapeDataString(Id)}";

    private string Address => $"{Http.Request.Scheme}://{Http.Request.Host}{Here}";

    /// <summary>It runs as it is: where nobody signs in, the header means nothing.</summary>
    private string Curl =>
        $"curl -s -H \"Authorization: Bearer $JOBTRACKER_API_KEY\" {Http.Request.Scheme}://{Http.Request.Host}/v1/jobs/{Id}";

    protected override async Task OnInitializedAsync()
    {
        var who = await callers.GetAsync();
        _isRefused = !who.May(Scopes.JobsRead);
        if (_isRefused)
            Http.AnswerWith(StatusCodes.Status403Forbidden);
        else if (JobId.TryParse(Id, out var id))
            await ReadAsync(who, id);
        _isRead = true;
    }

    private async Task ReadAsync(PageCaller who, JobId id)
    {
        try
        {
            _job = await jobs.GetAsync(who, id);
        }
        catch (PageFaultException problem)
        {
            _fault = problem.Fault;
            Http.AnswerWith(problem.Fault.Status);
        }
    }

    /// <summary>Goes on to the job that a command made or changed; a refusal is told where it was asked for.</summary>
    private async Task ActAsync(Func<IJobDoor, HttpContext, JobId, Task<Done<JobSnapshot>>> command)
    {
        try
        {
            var done = await command(jobs, Http, JobId.Parse(Id));
            if (done.Value is { } job)
                navigation.NavigateTo($"/ui/jobs/{job.Id}");
            else
                Tell(done.Refusal!);
        }
        catch (PageFaultException problem)
        {
            Tell(problem.Fault);
        }
    }

    private void Tell(PageFault refusal)
    {
        _refusal = refusal;
        Http.AnswerWith(refusal.Status);
        // The form is in a part of this page: that alone is written anew by itself.
        StateHasChanged();
    }
}
