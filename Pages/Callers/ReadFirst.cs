using Microsoft.AspNetCore.Components;

namespace JobTracker.Pages.Callers;

/// <summary>
/// A page, or a part of one, that reads before anything of it is written: half of it would say that there is no such thing, in its status
/// too.
/// </summary>
public abstract class ReadFirst : ComponentBase
{
    [Inject]
    protected CurrentCaller Callers { get; set; } = default!;

    /// <summary>Who looks.</summary>
    protected PageCaller Who { get; private set; } = default!;

    /// <summary>Reads what there is to show. Once; what is refused is kept, to be said. The default is for one whose parts read.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;

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
}
