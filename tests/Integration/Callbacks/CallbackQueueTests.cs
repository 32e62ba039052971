using JobTracker.Jobs;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Callbacks;

/// <summary>Callbacks that cannot be sent at once, where one is sent at a time and one waits.</summary>
public sealed class CallbackQueueTests(CrampedCallbackCluster cluster) : CallbackClusterTests(cluster),
    IClassFixture<CrampedCallbackCluster>
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task What_found_no_room_is_sent_when_the_sweeper_comes_for_it_and_what_waits_is_not_sent_twice()
    {
        await using var receiver = await TestReceiver.StartAsync();
        var gate = new TaskCompletionSource();
        receiver.Answer = _ => TestAnswer.After(gate.Task, TestAnswer.Status(204));
        var (sending, waiting, turnedAway) =
            (await CompletedAsync(receiver.Url()), await CompletedAsync(receiver.Url()), await CompletedAsync(receiver.Url()));
        await receiver.NextAsync();
        await waiting.WakeAsync(); // in good time: it does nothing
        gate.SetResult();
        await AfterAttemptsAsync(sending, 1);
        await AfterAttemptsAsync(waiting, 1);
        Assert.Equal((2, 0), (receiver.Count, (await turnedAway.GetAsync(Alice))!.Callback!.Attempts));

        await WakeAfterAsync(turnedAway, Grace);

        Assert.NotNull((await AfterAttemptsAsync(turnedAway, 1)).Callback!.DeliveredAt);
        Assert.Equal(3, receiver.Count);
    }

    [Fact]
    public async Task A_job_that_is_deleted_while_its_callback_waits_tells_nobody()
    {
        await using var receiver = await TestReceiver.StartAsync();
        var gate = new TaskCompletionSource();
        receiver.Answer = _ => TestAnswer.After(gate.Task, TestAnswer.Status(204));
        var (first, deleted) = (await CompletedAsync(receiver.Url()), await CompletedAsync(receiver.Url()));
        await receiver.NextAsync();
        Accepted(await deleted.DeleteAsync(Alice, new DeleteJob()));
        gate.SetResult();
        await AfterAttemptsAsync(first, 1);

        await AfterAttemptsAsync(await CompletedAsync(receiver.Url()), 1); // the one place was free for the next
        Assert.Equal(2, receiver.Count);
    }
}
