using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;
using JobTracker.Pages.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Pages.Admin;

/// <summary>
/// A page below /ui/admin: asks for its scope, reads before it is written, and says why what a form asked for was not done. Its forms work
/// without a script; what they do is followed by a redirect, so that a reload does not do it again.
/// </summary>
public abstract class AdminPage : ComponentBase
{
    [CascadingParameter]
    protected HttpContext Http { get; set; } = default!;

    [Inject]
    protected CurrentCaller Callers { get; set; } = default!;

    [Inject]
    protected IAdminDoor Door { get; set; } = default!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = default!;

    /// <summary>Who looks.</summary>
    protected PageCaller Who { get; private set; } = default!;

    /// <summary>Whether he may look at all.</summary>
    protected bool IsPermitted => Who.May(Scope);

    /// <summary>Why there is nothing to show; null: there is something.</summary>
    protected PageFault? Fault { get; private set; }

    /// <summary>Why a form changed nothing; null: it did, or there was none.</summary>
    protected PageFault? Refusal { get; private set; }

    /// <summary>This page's own address.</summary>
    protected string Here => Http.Request.Path.ToUriComponent() + Http.Request.QueryString.ToUriComponent();

    /// <summary>What the page needs.</summary>
    protected abstract string Scope { get; }

    /// <summary>Reads what the page shows.</summary>
    protected abstract Task ReadAsync();

    /// <summary>
    /// Nothing is written before there is something to show: half a page would say that there is no such thing, in its status too.
    /// </summary>
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (Who is null)
        {
            Who = await Callers.GetAsync();
            await LoadAsync();
        }
        await base.SetParametersAsync(ParameterView.Empty);
    }

    private async Task LoadAsync()
    {
        if (!IsPermitted)
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
            Refusal = done.Refusal;
            return Refusal is null ? done.Value : Refused<T>();
        }
        catch (PageFaultException problem)
        {
            Refusal = problem.Fault;
            return Refused<T>();
        }
    }

    /// <summary>The form itself was not as it must be.</summary>
    protected void Refuse(string why)
    {
        Refusal = new PageFault("Nothing was changed", why, StatusCodes.Status400BadRequest);
        Http.AnswerWith(Refusal.Status);
    }

    private T? Refused<T>()
        where T : class
    {
        Http.AnswerWith(Refusal!.Status);
        return null;
    }
}
