using System.Collections.Concurrent;
using JobTracker.Grains.Callbacks;
using JobTracker.Grains.Callbacks.Delivery;
using JobTracker.Grains.Callbacks.Secrets;
using JobTracker.Grains.Callbacks.Sending;
using JobTracker.Storage;
using JobTracker.Tests.Support;
using JobTracker.Tests.Support.Logs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace JobTracker.Tests.Integration.Callbacks;

public sealed class CallbackDispatcherTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Posts callbacks to a receiver; the task ends with the attempts once all have been made.</summary>
    private static Task<CallbackAttempt[]> Post(
        CallbackSetup setup, TestReceiver receiver, string host, int count, string organization = "org")
    {
        var attempts = Enumerable.Range(0, count).Select(i =>
        {
            var made = new TaskCompletionSource<CallbackAttempt>(TaskCreationOptions.RunContinuationsAsynchronously);
            var message = CallbackSetup.Message(receiver.Url(host: host), i);
            Assert.True(setup.Dispatcher.TryPost($"{host}-{i}", organization, CallbackMessage.HostOf(message.Url)!, async cancellation =>
            {
                var attempt = await setup.Sender.SendAsync(message, new CallbackSecrets(setup.Secret), cancellation);
                made.SetResult(attempt);
                return attempt.HostIsWell;
            }));
            return made.Task;
        }).ToList();
        return Task.WhenAll(attempts);
    }

    private static ResolveHost ToLoopback => CallbackSetup.Answering(["127.0.0.1"]);

    [Fact]
    public async Task What_is_posted_is_sent_once()
    {
        await using var receiver = await TestReceiver.StartAsync();
        await using var setup = new CallbackSetup();

        var attempts = await Post(setup, receiver, "127.0.0.1", 1_000).WaitAsync(Limit);

        Assert.All(attempts, attempt => Assert.True(attempt.IsDelivered));
        var ids = new HashSet<string>(StringComparer.Ordinal);
        while (receiver.Received.TryRead(out var request))
            Assert.True(ids.Add(request.Id));
        Assert.Equal(1_000, ids.Count);
    }

    [Fact]
    public async Task A_stuck_host_that_is_owed_a_thousand_holds_up_no_other()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stuck = await TestReceiver.StartAsync();
        await using var well = await TestReceiver.StartAsync();
        await using var setup = new CallbackSetup(new FakeTimeProvider(), ToLoopback); // its clock stands: nothing times out
        stuck.Answer = _ => TestAnswer.After(gate.Task, TestAnswer.Status(204));
        var owed = Post(setup, stuck, "stuck.example", 1_000);

        var attempts = await Post(setup, well, "well.example", 500).WaitAsync(Limit);

        Assert.All(attempts, attempt => Assert.True(attempt.IsDelivered));
        Assert.False(owed.IsCompleted);
        Assert.True(stuck.Count <= 32, $"{stuck.Count} attempts to one host at once");
        gate.SetResult();
        Assert.All(await owed.WaitAsync(Limit), attempt => Assert.True(attempt.IsDelivered));
    }

    [Fact]
    public async Task Five_thousand_slow_hosts_of_one_organization_hold_up_no_other_organization()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var slow = await TestReceiver.StartAsync();
        await using var well = await TestReceiver.StartAsync();
        await using var setup = new CallbackSetup(new FakeTimeProvider(), ToLoopback); // its clock stands: nothing times out
        slow.Answer = _ => TestAnswer.After(gate.Task, TestAnswer.Status(204));
        var owed = Enumerable.Range(0, 5_000).Select(host => Post(setup, slow, $"host{host}.example", 1, "org-many")).ToList();

        var attempts = await Post(setup, well, "well.example", 100, "org-other").WaitAsync(Limit);

        Assert.All(attempts, attempt => Assert.True(attempt.IsDelivered));
        Assert.DoesNotContain(owed, one => one.IsCompleted);
        var stopping = setup.Dispatcher.StopAsync(default);
        gate.SetResult();
        await stopping.WaitAsync(Limit);
        Assert.Equal(192, slow.Count);
    }

    [Fact]
    public async Task A_host_that_keeps_failing_is_asked_one_at_a_time_and_recovers()
    {
        await using var receiver = await TestReceiver.StartAsync();
        await using var setup = new CallbackSetup(null, null, ("MaxConcurrencyPerHost", "4"), ("FailuresBeforeProbing", "4"));
        var (isDown, atOnce, mostWhileProbed) = (true, 0, 0);
        var gates = new ConcurrentQueue<TaskCompletionSource>();
        var arrived = new SemaphoreSlim(0);
        receiver.Answer = _ =>
        {
            if (!Volatile.Read(ref isDown))
                return TestAnswer.Status(204);
            var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            gates.Enqueue(gate);
            Interlocked.Increment(ref atOnce);
            arrived.Release();
            return TestAnswer.After(gate.Task, TestAnswer.Status(500));
        };
        var owed = Post(setup, receiver, "127.0.0.1", 20);
        for (var i = 0; i < 4; i++)
            Assert.True(await arrived.WaitAsync(Limit));
        for (var i = 0; i < 3; i++) // each of the first failures lets another come: the host is not known to be failing yet
        {
            Assert.True(gates.TryDequeue(out var gate));
            gate.SetResult();
            Assert.True(await arrived.WaitAsync(Limit));
        }
        while (gates.TryDequeue(out var gate)) // the fourth failure; of the other three none lets one come but the last
            gate.SetResult();

        for (var i = 0; i < 5; i++) // each probe's answer, and it alone, lets the next one come
        {
            Assert.True(await arrived.WaitAsync(Limit));
            mostWhileProbed = Math.Max(mostWhileProbed, gates.Count);
            if (i == 4)
                Volatile.Write(ref isDown, false);
            Assert.True(gates.TryDequeue(out var gate));
            gate.SetResult();
        }

        var attempts = await owed.WaitAsync(Limit);
        Assert.Equal((12, 1), (atOnce, mostWhileProbed));
        Assert.Equal((8, 12), (attempts.Count(attempt => attempt.IsDelivered), attempts.Count(attempt => attempt.StatusCode == 500)));
    }

    [Fact]
    public async Task A_full_queue_turns_away_and_takes_again_once_there_is_room()
    {
        await using var setup = new CallbackSetup(
            null, null, ("MaxConcurrency", "1"), ("MaxConcurrencyPerHost", "1"), ("QueueLimit", "1"), ("QueueLimitPerHost", "1"));
        var (started, gate, second) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        Assert.True(setup.Dispatcher.TryPost("1", "org", "a", async _ =>
        {
            started.SetResult();
            await gate.Task;
            return true;
        }));
        await started.Task.WaitAsync(Limit);
        Assert.True(setup.Dispatcher.TryPost("2", "org", "a", _ =>
        {
            second.SetResult();
            return Task.FromResult<bool?>(true);
        }));

        Assert.False(setup.Dispatcher.TryPost("3", "org", "b", _ => Task.FromResult<bool?>(true)));
        gate.SetResult();
        await second.Task.WaitAsync(Limit);

        Assert.True(setup.Dispatcher.TryPost("3", "org", "b", _ => Task.FromResult<bool?>(true)));
    }

    [Fact]
    public async Task An_attempt_that_breaks_frees_its_place()
    {
        await using var setup = new CallbackSetup(null, null, ("MaxConcurrency", "1"), ("MaxConcurrencyPerHost", "1"));
        var next = new TaskCompletionSource();

        Assert.True(setup.Dispatcher.TryPost("1", "org", "a", _ => throw new InvalidOperationException("storage is away")));
        Assert.True(setup.Dispatcher.TryPost("2", "org", "a", _ =>
        {
            next.SetResult();
            return Task.FromResult<bool?>(true);
        }));

        await next.Task.WaitAsync(Limit);
    }

    [Fact]
    public async Task A_silo_that_stops_waits_for_what_runs_and_forgets_what_waits()
    {
        await using var setup = new CallbackSetup(null, null, ("MaxConcurrency", "1"), ("MaxConcurrencyPerHost", "1"));
        var (started, gate, forgotten) = (new TaskCompletionSource(), new TaskCompletionSource(), true);
        setup.Dispatcher.TryPost("1", "org", "a", async cancellation =>
        {
            started.SetResult();
            await gate.Task.WaitAsync(cancellation);
            return true;
        });
        setup.Dispatcher.TryPost("2", "org", "a", _ => Task.FromResult<bool?>(forgotten = false));
        await started.Task.WaitAsync(Limit);

        var stopping = setup.Dispatcher.StopAsync(default);
        Assert.False(setup.Dispatcher.TryPost("3", "org", "b", _ => Task.FromResult<bool?>(true)));
        Assert.False(stopping.IsCompleted);
        gate.SetResult();
        await stopping.WaitAsync(Limit);

        Assert.True(forgotten);
    }

    [Fact]
    public async Task A_silo_that_stops_cancels_what_runs_for_too_long()
    {
        var clock = new FakeTimeProvider();
        await using var setup = new CallbackSetup(clock);
        var (started, cancelled) = (new TaskCompletionSource(), new TaskCompletionSource());
        setup.Dispatcher.TryPost("1", "org", "a", async cancellation =>
        {
            started.SetResult();
            await cancellation.WhenCancelled();
            cancelled.SetResult();
            throw new OperationCanceledException(cancellation);
        });
        await started.Task.WaitAsync(Limit);
        var stopping = setup.Dispatcher.StopAsync(default);

        clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(cancelled.Task.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));

        await stopping.WaitAsync(Limit);
        await cancelled.Task.WaitAsync(Limit);
    }

    /// <summary>What a cluster or a database that is away does to an attempt is no fault of the attempt.</summary>
    [Theory]
    [InlineData(typeof(StorageUnavailableException), LogLevel.Warning, 3006)]
    [InlineData(typeof(StorageOverloadedException), LogLevel.Warning, 3006)]
    [InlineData(typeof(OutcomeUnknownException), LogLevel.Warning, 3006)]
    [InlineData(typeof(SiloUnavailableException), LogLevel.Warning, 3006)]
    [InlineData(typeof(TimeoutException), LogLevel.Warning, 3006)]
    [InlineData(typeof(InvalidOperationException), LogLevel.Error, 3003)]
    public async Task An_attempt_that_cannot_be_stored_is_told_from_one_that_broke(Type problem, LogLevel level, int told)
    {
        var log = new KeptLog<CallbackDispatcher>();
        using var dispatcher = new CallbackDispatcher(Options.Create(new CallbackOptions()), TimeProvider.System, log);
        Assert.True(dispatcher.TryPost(
            "job-1", "org", "a", _ => Task.FromException<bool?>((Exception)Activator.CreateInstance(problem, "why")!)));
        await dispatcher.StopAsync(default).WaitAsync(Limit);

        var line = Assert.Single(log.Lines, line => line.Level >= LogLevel.Warning);
        Assert.Equal((level, told), (line.Level, line.EventId));
        Assert.Contains("job-1", line.Text, StringComparison.Ordinal);
    }
}
