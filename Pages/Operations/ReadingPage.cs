using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;
using JobTracker.Pages.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Pages.Operations;

/// <summary>
/// A page about operations: reads before anything of it is written, so that half of it never says that there is no such thing, and says why
/// what a form asked for was not done.
/// </summary>
public abstract class ReadingPage : ComponentBase
{
    [CascadingParameter]
    protected HttpContext Http { get; set; } = default!;

    [Inject]
    protected CurrentCaller Callers { get; set; } = default!;

    [Inject]
    protected IOperationDoor Door { get; set; } = default!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = default!;

    /// <summary>Who looks.</summary>
    protected PageCaller Who { get; private set; } = default!;

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

    /// <summary>What the page needs.</summary>
    protected abstract IEnumerable<string> Needs { get; }

    /// <summary>Reads what the page shows.</summary>
    protected abstract Task ReadAsync();

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

    protected void Refuse(PageFault why)
    {
        ArgumentNullException.ThrowIfNull(why);
        Refusal = why;
        Http.AnswerWith(why.Status);
    }

    private async Task LoadAsync()
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
}
