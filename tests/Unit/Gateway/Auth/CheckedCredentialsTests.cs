using JobTracker.Gateway.Auth;
using Microsoft.Extensions.Time.Testing;

namespace JobTracker.Tests.Unit.Gateway.Auth;

public sealed class CheckedCredentialsTests
{
    private const int Most = 100;

    private readonly FakeTimeProvider _clock = new();
    private readonly CheckedCredentials<string, string> _checked;
    private readonly List<string> _asked = [];

    public CheckedCredentialsTests() => _checked = new(Most, _clock);

    [Fact]
    public async Task An_answer_counts_for_three_seconds_and_not_longer()
    {
        Assert.Equal("a", await AskAsync("a"));
        _clock.Advance(TimeSpan.FromSeconds(3) - TimeSpan.FromTicks(1));
        Assert.Equal("a", await AskAsync("a", answer: null));
        Assert.Equal(["a"], _asked);

        _clock.Advance(TimeSpan.FromTicks(1));

        Assert.Null(await AskAsync("a", answer: null));
        Assert.Equal(["a", "a"], _asked);
    }

    [Fact]
    public async Task Its_time_runs_from_the_moment_of_the_question()
    {
        var answer = new TaskCompletionSource<string?>();
        var first = _checked.OfAsync("a", _ => answer.Task).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(2));
        answer.SetResult("old");
        Assert.Equal("old", await first);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("new", await AskAsync("a", "new"));
    }

    [Fact]
    public async Task A_question_that_is_slower_than_its_time_does_not_hold_up_the_next()
    {
        var answer = new TaskCompletionSource<string?>();
        var slow = _checked.OfAsync("a", _ => answer.Task).AsTask();
        _clock.Advance(CheckedCredentials<string, string>.Lifetime);

        Assert.Equal("new", await AskAsync("a", "new"));
        answer.SetResult("old");

        Assert.Equal(("old", "new"), (await slow, await AskAsync("a", "unasked")));
    }

    [Fact]
    public async Task Those_who_ask_at_the_same_time_share_one_question()
    {
        var answer = new TaskCompletionSource<string?>();
        var questions = 0;
        var all = Enumerable.Range(0, 20).Select(_ => _checked.OfAsync("a", _ =>
        {
            questions++;
            return answer.Task;
        }).AsTask()).ToList();
        answer.SetResult("good");

        Assert.All(await Task.WhenAll(all), seen => Assert.Equal("good", seen));
        Assert.Equal(1, questions);
    }

    [Fact]
    public async Task A_refusal_is_remembered_as_long_as_a_good_answer()
    {
        Assert.Null(await AskAsync("a", answer: null));
        Assert.Null(await AskAsync("a", "good by now"));
        Assert.Equal(["a"], _asked);

        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal("good by now", await AskAsync("a", "good by now"));
    }

    [Fact]
    public async Task A_question_that_failed_fails_for_all_who_share_it_and_is_forgotten()
    {
        var answer = new TaskCompletionSource<string?>();
        var first = _checked.OfAsync("a", _ => answer.Task).AsTask();
        var second = _checked.OfAsync("a", _ => throw new InvalidOperationException("asked twice")).AsTask();
        answer.SetException(new TimeoutException("away"));

        await Assert.ThrowsAsync<TimeoutException>(() => first);
        await Assert.ThrowsAsync<TimeoutException>(() => second);
        await Assert.ThrowsAsync<TimeoutException>(() => _checked.OfAsync("a", _ => throw new TimeoutException("at once")).AsTask());

        Assert.Equal("back", await AskAsync("a", "back"));
    }

    [Fact]
    public async Task A_failure_after_a_good_answer_lets_nobody_in_on_the_old_one()
    {
        Assert.Equal("a", await AskAsync("a"));
        _clock.Advance(TimeSpan.FromSeconds(3));

        await Assert.ThrowsAsync<TimeoutException>(
            () => _checked.OfAsync("a", _ => Task.FromException<string?>(new TimeoutException("away"))).AsTask());
        await Assert.ThrowsAsync<TimeoutException>(
            () => _checked.OfAsync("a", _ => Task.FromException<string?>(new TimeoutException("away"))).AsTask());
    }

    [Fact]
    public async Task As_many_are_remembered_as_there_may_be_and_one_more_drops_what_is_too_old()
    {
        for (var i = 0; i < Most - 1; i++)
            await AskAsync($"old-{i}");
        _clock.Advance(TimeSpan.FromSeconds(3));
        await AskAsync("young");
        await AskAsync("one more");

        _asked.Clear();
        await AskAsync("young");

        Assert.Empty(_asked);
    }

    [Fact]
    public async Task More_young_ones_than_there_may_be_are_asked_for_once_more()
    {
        for (var i = 0; i < Most; i++)
            await AskAsync($"{i}");
        await AskAsync("0");
        Assert.Equal(Most, _asked.Count);

        await AskAsync("one more");
        _asked.Clear();
        await AskAsync("0");

        Assert.Equal(["0"], _asked);
    }

    private async Task<string?> AskAsync(string key, string? answer) => await _checked.OfAsync(key, asked =>
    {
        _asked.Add(asked);
        return Task.FromResult(answer);
    });

    private Task<string?> AskAsync(string key) => AskAsync(key, key);
}
