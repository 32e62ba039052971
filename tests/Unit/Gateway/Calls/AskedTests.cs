using JobTracker.Gateway.Calls;
using JobTracker.Storage;
using Orleans.Runtime.Messaging;

namespace JobTracker.Tests.Unit.Gateway.Calls;

public sealed class AskedTests
{
    private static readonly ConnectionFailedException Refused = new("refused");
    private static readonly SiloUnavailableException Dead = new("dead");

    [Fact]
    public async Task What_never_came_to_its_grain_in_any_attempt_has_changed_nothing()
    {
        var asked = await AskedAsync(Refused, Refused);

        Assert.Same(Refused, asked.Verdict);
    }

    [Fact]
    public async Task What_was_lost_once_stays_unknown_although_another_attempt_never_came_to_its_grain()
    {
        Assert.IsType<TimeoutException>((await AskedAsync(Dead, Refused)).Verdict);
        Assert.IsType<TimeoutException>((await AskedAsync(Refused, Dead)).Verdict);
    }

    [Fact]
    public async Task What_may_still_be_answered_stays_unknown()
    {
        var asked = await AskedAsync(Refused);
        asked.Add(new TaskCompletionSource<int>().Task);

        Assert.IsType<TimeoutException>(asked.Verdict);
    }

    [Fact]
    public async Task What_the_service_itself_says_is_the_answer()
    {
        var asked = new Asked<int>(Task.FromException<int>(new StorageUnavailableException("down")), TimeProvider.System);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => asked.NextAsync(TimeSpan.FromSeconds(1), CancellationToken.None));
    }

    private static async Task<Asked<int>> AskedAsync(params Exception[] faults)
    {
        var asked = new Asked<int>(Task.FromException<int>(faults[0]), TimeProvider.System);
        foreach (var fault in faults.Skip(1))
            asked.Add(Task.FromException<int>(fault));
        foreach (var _ in faults)
            Assert.Equal(Hearing.Failed, await asked.NextAsync(TimeSpan.FromSeconds(1), CancellationToken.None));
        return asked;
    }
}
