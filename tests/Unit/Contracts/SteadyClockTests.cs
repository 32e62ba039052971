using JobTracker.Identity;
using Microsoft.Extensions.Time.Testing;

namespace JobTracker.Tests.Unit.Contracts;

public sealed class SteadyClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Machine _machine = new();
    private readonly SteadyClock _clock;

    public SteadyClockTests() => _clock = new SteadyClock(_machine);

    [Fact]
    public void It_is_the_machines_while_that_goes_forward()
    {
        _machine.Passes(TimeSpan.FromMinutes(1));
        Assert.Equal((Noon.AddMinutes(1), TimeSpan.Zero), (_clock.GetUtcNow(), _clock.Behind));

        _machine.IsSet(by: TimeSpan.FromHours(1));
        Assert.Equal((Noon.AddMinutes(61), TimeSpan.Zero), (_clock.GetUtcNow(), _clock.Behind));
    }

    [Fact]
    public void Where_the_machines_is_set_back_it_goes_on_at_the_pace_of_time_until_that_has_caught_up()
    {
        _machine.IsSet(by: TimeSpan.FromMinutes(-5));
        _machine.Passes(TimeSpan.FromMinutes(2));
        Assert.Equal((Noon.AddMinutes(2), TimeSpan.FromMinutes(5)), (_clock.GetUtcNow(), _clock.Behind));

        _machine.IsSet(by: TimeSpan.FromMinutes(6));
        Assert.Equal((Noon.AddMinutes(3), TimeSpan.Zero), (_clock.GetUtcNow(), _clock.Behind));
    }

    /// <summary>A machine's two clocks: one that is set, and one that only counts, as no time of a test is both.</summary>
    private sealed class Machine : TimeProvider
    {
        private readonly FakeTimeProvider _passed = new(Noon);
        private TimeSpan _set;

        public override DateTimeOffset GetUtcNow() => _passed.GetUtcNow() + _set;

        public override long TimestampFrequency => _passed.TimestampFrequency;

        public override long GetTimestamp() => _passed.GetTimestamp();

        public void Passes(TimeSpan time) => _passed.Advance(time);

        public void IsSet(TimeSpan by) => _set += by;
    }
}
