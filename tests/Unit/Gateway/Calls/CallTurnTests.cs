using JobTracker.Gateway.Calls;
using Microsoft.Extensions.Time.Testing;

namespace JobTracker.Tests.Unit.Gateway.Calls;

/// <summary>The time that a request's calls have together.</summary>
public sealed class CallTurnTests
{
    private static readonly CallPace Pace = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4));

    private readonly FakeTimeProvider _clock = new();
    private readonly CallBudget _request = new();

    [Fact]
    public void Each_call_that_is_answered_leaves_the_next_its_whole_time()
    {
        Turn();
        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(Pace.Longest, Turn().Left);
    }

    [Fact]
    public void From_the_first_that_failed_on_all_have_one_time_together()
    {
        var first = Turn();
        _clock.Advance(TimeSpan.FromSeconds(3));
        first.Fail();

        Assert.Equal(TimeSpan.FromSeconds(1), Turn().Left);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(Turn().IsOver);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, Turn().Left);
    }

    private CallTurn Turn() => new(Pace, _request, _clock);
}
