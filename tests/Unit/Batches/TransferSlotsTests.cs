using JobTracker.Grains.Batches.Work;

namespace JobTracker.Tests.Unit.Batches;

public sealed class TransferSlotsTests
{
    [Theory]
    [InlineData(4, 2, 2)]
    [InlineData(2, 8, 1)]
    public async Task An_account_never_has_every_place(int all, int perAccount, int places)
    {
        using var slots = new TransferSlots(all, perAccount);
        List<IDisposable> held = [];
        for (var place = 0; place < places; place++)
            held.Add(await slots.EnterAsync("a", default));

        var waiting = slots.EnterAsync("a", default);
        Assert.False(waiting.IsCompleted);
        using (await slots.EnterAsync("b", default))
            Assert.False(waiting.IsCompleted);

        held[0].Dispose();
        (await waiting).Dispose();
    }

    [Fact]
    public async Task All_accounts_together_have_so_many_places()
    {
        using var slots = new TransferSlots(2, 1);
        var first = await slots.EnterAsync("a", default);
        var second = await slots.EnterAsync("b", default);
        var third = slots.EnterAsync("c", default);
        Assert.False(third.IsCompleted);

        first.Dispose();
        (await third).Dispose();
        second.Dispose();
    }
}
