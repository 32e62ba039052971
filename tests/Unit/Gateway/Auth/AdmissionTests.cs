using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace JobTracker.Tests.Unit.Gateway.Auth;

public sealed class AdmissionTests
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(3);

    private readonly FakeTimeProvider _clock = new();
    private int _looks;

    [Fact]
    public void A_long_request_is_looked_at_every_three_seconds_and_goes_on()
    {
        using var admission = Of(() => new ValueTask<bool>(true));
        _clock.Advance(Pace - TimeSpan.FromTicks(1));
        Assert.Equal(0, _looks);
        _clock.Advance(TimeSpan.FromTicks(1));
        _clock.Advance(Pace);

        Assert.Equal((2, false), (_looks, admission.Ended.IsCancellationRequested));
    }

    [Fact]
    public void It_ends_with_the_first_look_that_finds_its_credential_over()
    {
        using var admission = Of(() => new ValueTask<bool>(_looks < 2));
        _clock.Advance(Pace);
        Assert.False(admission.Ended.IsCancellationRequested);

        _clock.Advance(Pace);

        Assert.True(admission.Ended.IsCancellationRequested);
    }

    [Fact]
    public void Where_nobody_can_tell_it_goes_on_until_somebody_can()
    {
        using var admission = Of(() => _looks == 1
            ? throw new SignInUnavailableException(new TimeoutException())
            : new ValueTask<bool>(false));
        _clock.Advance(Pace);
        Assert.False(admission.Ended.IsCancellationRequested);

        _clock.Advance(Pace);

        Assert.True(admission.Ended.IsCancellationRequested);
    }

    [Fact]
    public void Who_cannot_be_ended_is_not_looked_at()
    {
        using var anonymous = new Admission(new DefaultHttpContext(), _clock);
        using var endless = new Admission(SignedInRequest.Of(), _clock);
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.False(anonymous.Ended.IsCancellationRequested || endless.Ended.IsCancellationRequested);
    }

    [Fact]
    public void A_request_that_is_over_is_not_looked_at_and_an_answer_that_comes_late_harms_nobody()
    {
        var late = new TaskCompletionSource<bool>();
        var admission = Of(() => new ValueTask<bool>(late.Task));
        _clock.Advance(Pace);
        admission.Dispose();
        late.SetResult(false);
        _clock.Advance(Pace);

        Assert.Equal(1, _looks);
    }

    private Admission Of(Func<ValueTask<bool>> stands) => new(
        SignedInRequest.Of(stands: () =>
        {
            _looks++;
            return stands();
        }),
        _clock);
}
