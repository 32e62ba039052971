using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Pages.Live;

/// <summary>
/// A part of a page that goes on by itself. It is written once on the server with what there is, readable without any script; when its
/// circuit comes it is written again with newer data, and never with less.
/// </summary>
/// <remarks>Its parameters are its whole state: a circuit on another gateway makes the same of them.</remarks>
public abstract class LivePart<T> : ReadFirst, IDisposable
    where T : class
{
    /// <summary>At most so often a page is written anew.</summary>
    private static readonly TimeSpan Flush = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private IDisposable? _subscription;
    private ITimer? _flush;
    private LiveState<T>? _waiting;
    private bool _isTold;
    private bool _isDisposed;

    [Inject]
    protected TimeProvider Clock { get; set; } = default!;

    [Inject]
    private SessionWatch Session { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <summary>What is shown.</summary>
    protected LiveState<T> State { get; private set; } = new(null);

    /// <summary>The last that there was: it stays though it was removed meanwhile. Null: there never was one.</summary>
    protected T? Last { get; private set; }

    /// <summary>The part lives in a circuit: what needs one may be offered.</summary>
    protected bool IsLive => RendererInfo.IsInteractive;

    /// <summary>What there is now; null: there is no such thing.</summary>
    protected abstract Task<T?> ReadAsync();

    /// <summary>Begins to listen to what comes after the state that is shown.</summary>
    protected abstract IDisposable? Listen(Action<LiveState<T>> hear);

    /// <summary>Takes a newer state in; the default shows it.</summary>
    protected virtual void Take(LiveState<T> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        State = state;
        Last = state.Value ?? Last;
    }

    /// <summary>In a circuit what the server wrote stays until there is something newer: it reads until then.</summary>
    protected sealed override async Task LoadAsync()
    {
        for (var failures = 0; !await TryLoadAsync() && !_isDisposed; failures++)
            await Task.Delay(RetryPause.Of(ShortestPause, failures), Clock);
    }

    private async Task<bool> TryLoadAsync()
    {
        try
        {
            var value = await ReadAsync();
            Take(new LiveState<T>(value, IsGone: value is null));
        }
        catch (PageFaultException problem) when (IsLive && problem.Fault.Status >= StatusCodes.Status500InternalServerError)
        {
            return false;
        }
        catch (PageFaultException problem)
        {
            Take(new LiveState<T>(State.Value, problem.Fault, State.StaleSince ?? Clock.GetUtcNow()));
        }
        return true;
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
