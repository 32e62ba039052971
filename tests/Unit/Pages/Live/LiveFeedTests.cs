using System.Threading.Channels;
using JobTracker.Callers;
using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;
using JobTracker.Pages.Live;
using JobTracker.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace JobTracker.Tests.Unit.Pages.Live;

/// <summary>One reader a thing, however many listen.</summary>
public sealed class LiveFeedTests
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private static readonly PageCaller Who = new(new Caller("org-a", "user"), []);
    private static readonly PageFault Trouble = new("Trouble", "The database does not answer.", 503);

    private readonly FakeTimeProvider _clock = new();
    private readonly Channel<Func<string?>> _answers = Channel.CreateUnbounded<Func<string?>>();
    private int _reads;

    [Fact]
    public async Task Many_listeners_share_one_reader_and_each_hears_what_is_new()
    {
        var feed = Feed();
        var (first, second) = (new Listener(), new Listener());
        using var one = feed.Listen(Who, "thing", "old", first.Hear);
        using var two = feed.Listen(Who, "thing", "old", second.Hear);
        Answer("new");

        Assert.Equal("new", (await first.NextAsync()).Value);
        Assert.Equal("new", (await second.NextAsync()).Value);
        Assert.Equal(1, _reads);
        Assert.Equal(1, feed.Readers);
    }

    [Fact]
    public async Task What_did_not_change_is_not_told()
    {
        var feed = Feed();
        var listener = new Listener();
        using var listening = feed.Listen(Who, "thing", null, listener.Hear);
        Answer("same");
        var first = await listener.NextAsync();
        await AnswerNextAsync(() => first.Value);
        await AnswerNextAsync(() => "other");

        Assert.Equal("other", (await listener.NextAsync()).Value);
        Assert.False(listener.HasMore);
    }

    [Fact]
    public async Task In_trouble_the_last_value_stays_with_the_moment_since_when_it_is_stale_and_recovers()
    {
        var feed = Feed();
        var listener = new Listener();
        using var listening = feed.Listen(Who, "thing", null, listener.Hear);
        Answer("good");
        var good = await listener.NextAsync();
        await AnswerNextAsync(() => throw new PageFaultException(Trouble));
        var stale = await listener.NextAsync();
        Assert.Equal(("good", Trouble), (stale.Value, stale.Fault));
        var since = stale.StaleSince;
        Assert.NotNull(since);
        _clock.Advance(Pace * 2);
        await AnswerNextAsync(() => throw new PageFaultException(Trouble));
        Assert.Equal(since, (await listener.NextAsync()).StaleSince);

        _clock.Advance(Pace * 10);
        // The very same value: it is told that it is of now again.
        await AnswerNextAsync(() => good.Value);
        var again = await listener.NextAsync();
        Assert.Equal(("good", null, null), (again.Value, again.Fault, again.StaleSince));
    }

    [Fact]
    public async Task When_the_last_listener_leaves_nobody_reads_any_more()
    {
        var feed = Feed();
        var listener = new Listener();
        var one = feed.Listen(Who, "thing", null, listener.Hear);
        var two = feed.Listen(Who, "thing", null, listener.Hear);
        Answer("value");
        await listener.NextAsync();
        one.Dispose();
        Assert.Equal(1, feed.Readers);
        two.Dispose();
        Assert.Equal(0, feed.Readers);
        two.Dispose();
        Assert.Equal(0, feed.Readers);
    }

    [Fact]
    public async Task What_is_gone_is_told_once_and_read_no_more()
    {
        var feed = Feed();
        var (listener, late) = (new Listener(), new Listener());
        using var listening = feed.Listen(Who, "thing", "value", listener.Hear);
        Answer(null);
        Assert.True((await listener.NextAsync()).IsGone);
        using var other = feed.Listen(Who, "thing", "value", late.Hear);
        Assert.True((await late.NextAsync()).IsGone);
        Assert.Equal(1, _reads);
    }

    private LiveFeed<string, string> Feed() => new(ReadAsync, Pace, _clock);

    private async Task<string?> ReadAsync(PageCaller who, string key, string? last, CancellationToken stop)
    {
        var answer = await _answers.Reader.ReadAsync(stop);
        Interlocked.Increment(ref _reads);
        return answer();
    }

    private void Answer(string? value) => Assert.True(_answers.Writer.TryWrite(() => value));

    /// <summary>The reader takes it when its pause is over.</summary>
    private Task AnswerNextAsync(Func<string?> answer)
    {
        Assert.True(_answers.Writer.TryWrite(answer));
        return Until.TrueAsync(() =>
        {
            _clock.Advance(Pace);
            return Task.FromResult(_answers.Reader.Count == 0);
        });
    }

    private sealed class Listener
    {
        private readonly Channel<LiveState<string>> _heard = Channel.CreateUnbounded<LiveState<string>>();

        public bool HasMore => _heard.Reader.Count > 0;

        public void Hear(LiveState<string> state) => Assert.True(_heard.Writer.TryWrite(state));

        public Task<LiveState<string>> NextAsync() => _heard.Reader.ReadAsync().AsTask().Soon();
    }
}
