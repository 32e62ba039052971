using JobTracker.Pages.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Pages.Live;

/// <summary>A list that goes on by itself, and rests for as long as whoever reads it wants it to.</summary>
/// <typeparam name="TPage">A page of it.</typeparam>
public abstract class LiveList<TPage> : LivePart<TPage>
    where TPage : class
{
    private LiveState<TPage>? _missed;

    /// <summary>Null in a circuit.</summary>
    [CascadingParameter]
    private HttpContext? Http { get; set; }

    /// <summary>The page with which it began; null: it could not be read.</summary>
    protected TPage? First { get; private set; }

    /// <summary>It stays as it is.</summary>
    protected bool IsPaused { get; private set; }

    /// <summary>The rows that are shown from now on.</summary>
    protected abstract void Begin(TPage first);

    /// <summary>Takes in the list as it is now.</summary>
    protected abstract void GoOn(TPage now);

    protected override void Take(LiveState<TPage> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (IsPaused)
        {
            _missed = state;
            return;
        }
        if (state is { Value: { } page, Fault: null })
            Show(page);
        else if (state.Fault is { } fault && First is null)
            Http?.AnswerWith(fault.Status);
        base.Take(state);
    }

    /// <summary>Pauses it, or lets it go on: what was missed is caught up with at once.</summary>
    protected void Pause()
    {
        IsPaused = !IsPaused;
        if (!IsPaused && _missed is { } missed)
            Take(missed);
        _missed = null;
    }

    private void Show(TPage page)
    {
        if (First is not null)
        {
            GoOn(page);
            return;
        }
        First = page;
        Begin(page);
    }
}
