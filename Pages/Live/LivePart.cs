using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;
using Microsoft.AspNetCore.Components;

namespace JobTracker.Pages.Live;

/// <summary>
/// A part of a page that goes on by itself. It is written once on the server with what there is, readable without any script; when its
/// circuit comes it is written again with newer data, and never with less.
/// </summary>
/// <remarks>Its parameters are its whole state: a circuit on another gateway makes the same of them.</remarks>
public abstract class LivePart<T> : ComponentBase, IDisposable
    where T : class
{
    /// <summary>At most so often a page is written anew.</summary>
    private static readonly TimeSpan Flush = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private IDisposable? _subscription;
    private ITimer? _flush;
    private LiveState<T>? _waiting;
    private bool _isTold;
    private bool _isDisposed;

    [Inject]
    protected CurrentCaller Callers { get; set; } = default!;

    [Inject]
    protected TimeProvider Clock { get; set; } = default!;

    [Inject]
    private SessionWatch Session { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <summary>Who looks.</summary>
    protected PageCaller Who { get; private set; } = default!;

    /// <summary>What is shown.</summary>
    protected LiveState<T> State { get; private set; } = new(null);

    /// <summary>The part lives in a circuit: what needs one may be offered.</summary>
    protected bool IsLive => RendererInfo.IsInteractive;

    /// <summary>What there is now; null: there is no such thing.</summary>
    protected abstract Task<T?> ReadAsync();

    /// <summary>Begins to listen to what comes after the state that is shown.</summary>
    protected abstract IDisposable? Listen(Action<LiveState<T>> hear);

    /// <summary>Takes a newer state in; the default shows it.</summary>
    protected virtual void Take(LiveState<T> state) => State = state;

    /// <summary>Nothing is written before there is something to show: what the server wrote first stays until then.</summary>
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

    /// <summary>Reads anew, for a page that offers it where something went wrong.</summary>
    protected async Task LoadAsync()
    {
        try
        {
            var value = await ReadAsync();
            Take(new LiveState<T>(value, IsGone: value is null));
        }
        catch (PageFaultException problem)
        {
            Take(new LiveState<T>(State.Value, problem.Fault, State.StaleSince ?? Clock.GetUtcNow()));
        }
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender || !IsLive || _isDisposed)
            return;
        _subscription = Listen(Hear);
        Session.Begin(Who, () => InvokeAsync(() => Navigation.NavigateTo(SessionWatch.Exit(Navigation), forceLoad: true)));
    }

    /// <summary>Ends one subscription for another, as after a change of what is shown.</summary>
    protected void ListenAnew()
    {
        _subscription?.Dispose();
        _subscription = Listen(Hear);
    }

    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool isDisposing)
    {
        _isDisposed = true;
        _subscription?.Dispose();
        _flush?.Dispose();
    }

    /// <summary>The first of a burst is shown at once, the last of it when its time is over.</summary>
    private void Hear(LiveState<T> state)
    {
        lock (_lock)
        {
            _waiting = state;
            if (_isTold || _isDisposed)
                return;
            _isTold = true;
        }
        Show();
    }

    private void Show() => _ = InvokeAsync(() =>
    {
        LiveState<T>? state;
        lock (_lock)
        {
            (state, _waiting) = (_waiting, null);
            if (state is null || _isDisposed)
            {
                _isTold = false;
                return;
            }
        }
        Take(state);
        StateHasChanged();
        _flush?.Dispose();
        _flush = Clock.CreateTimer(_ => Show(), state: null, Flush, Timeout.InfiniteTimeSpan);
    });
}
