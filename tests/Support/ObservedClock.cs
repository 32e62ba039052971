using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace JobTracker.Tests.Support;

/// <summary>A clock that stands still until the test moves it, and says when somebody begins to wait for it.</summary>
internal sealed class ObservedClock : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _armed = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _armed.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits until the next timer is armed; how long it is to run.</summary>
    public async Task<TimeSpan> ArmedAsync() => await _armed.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), System);
}
