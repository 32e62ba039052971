using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Pages.Shell;

/// <summary>
/// A page: asks for its scopes, reads before it is written, and says why what a form asked for was not done. Its forms work without a
/// script; what they do is followed by a redirect, so that a reload does not do it again.
/// </summary>
public abstract class ReadingPage : ReadFirst
{
    [CascadingParameter]
    protected HttpContext Http { get; set; } = default!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = default!;

    /// <summary>The scope that is missing; null: none is.</summary>
    protected string? Missing { get; private set; }

    /// <summary>Why there is nothing to show; null: there is something.</summary>
    protected PageFault? Fault { get; private set; }

    /// <summary>Why a form changed nothing; null: it did, or there was none.</summary>
    protected PageFault? Refusal { get; private set; }

    /// <summary>A form came back: what it named is there, whatever else became of it.</summary>
    protected bool IsPost => HttpMethods.IsPost(Http.Request.Method);

    /// <summary>This page's own address.</summary>
    protected string Here => Http.Request.Path.ToUriComponent() + Http.Request.QueryString.ToUriComponent();

    /// <summary>This very server, as the browser has it.</summary>
    protected string Server => $"{Http.Request.Scheme}://{Http.Request.Host}";

    /// <summary>What reads the same from a command line. It runs as it is: where nobody signs in, the header means nothing.</summary>
    /// <param name="path">Of the API.</param>
    protected string Curl(string path) => $"curl -s -H \"Authorization: Bearer $JOBTRACKER_API_KEY\" {Server}{path}";

    /// <summary>The scopes without which nothing is shown.</summary>
    protected abstract IEnumerable<string> Needs { get; }

    /// <summary>Reads what the page shows; the default is for one whose parts do.</summary>
    protected virtual Task ReadAsync() => Task.CompletedTask;

    protected sealed override async Task LoadAsync()
    {
        Missing = Needs.FirstOrDefault(scope => !Who.May(scope));
        if (Missing is not null)
        {
            Http.AnswerWith(StatusCodes.Status403Forbidden);
            return;
        }
        try
        {
            await ReadAsync();
        }
        catch (PageFaultException problem)
        {
            Fault = problem.Fault;
            Http.AnswerWith(problem.Fault.Status);
        }
    }

    /// <summary>What was done; null: nothing was, and <see cref="Refusal"/> says why.</summary>
    protected async Task<T?> DoAsync<T>(Func<Task<Done<T>>> act)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(act);
        try
        {
            var done = await act();
            if (done.Refusal is null)
                return done.Value;
            Refuse(done.Refusal);
        }
        catch (PageFaultException problem)
        {
            Refuse(problem.Fault);
        }
        return null;
    }

    /// <summary>Says why nothing was done, where it was asked for.</summary>
    protected void Refuse(PageFault why)
    {
        ArgumentNullException.ThrowIfNull(why);
        Refusal = why;
        Http.AnswerWith(why.Status);
        // The form may be in a part of this page: that alone is written anew by itself.
        StateHasChanged();
    }
}
