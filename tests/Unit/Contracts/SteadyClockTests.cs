using JobTracker.Identity;
using Microsoft.Extensions.Time.Testing;

namespace JobTracker.Tests.Unit.Contracts;

public sealed class SteadyClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _machine = new(Noon);
    private readonly SteadyClock _clock;

    public SteadyClockTests() => _clock = new SteadyClock(_machine);

    [Fact]
    public void It_is_the_machines_while_that_goes_forward()
    {
        _machine.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((Noon.AddMinutes(1), TimeSpan.Zero), (_clock.GetUtcNow(), _clock.Behind));

        _machine.AdjustTime(Noon.AddHours(1));
        Assert.Equal((Noon.AddHours(1), TimeSpan.Zero), (_clock.GetUtcNow(), _clock.Behind));
    }

    [Fact]
    public void Where_the_machines_is_set_back_it_goes_on_at_the_pace_of_time_until_that_has_caught_up()
    {
        _machine.AdjustTime(Noon.AddMinutes(-5));
        _machine.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal((Noon.AddMinutes(2), TimeSpan.FromMinutes(5)), (_clock.GetUtcNow(), _clock.Behind));

        _machine.AdjustTime(Noon.AddMinutes(3));
        Assert.Equal((Noon.AddMinutes(3), TimeSpan.Zero), (_clock.GetUtcNow(), _clock.Behind));
    }
}
