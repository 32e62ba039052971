using System.Net;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Callbacks;

/// <summary>The address that is dialled is the one that is judged. 127.0.0.1 plays the public address, 127.0.0.2 the private one.</summary>
public sealed class CallbackDialerTests
{
    private static readonly (string, string) OnlyTheFirst = ("AllowedNetworks:0", "127.0.0.1/32");

    [Fact]
    public async Task A_name_that_resolves_to_a_private_address_is_refused()
    {
        await using var receiver = await TestReceiver.StartAsync(IPAddress.Parse("127.0.0.2"));
        await using var setup = new CallbackSetup(null, CallbackSetup.Answering(["127.0.0.2"]), OnlyTheFirst);

        var attempt = await setup.SendAsync(receiver.Url(host: "rebound.example"));

        Assert.Equal((null, "address 127.0.0.2 of host rebound.example is not allowed"), (attempt.StatusCode, attempt.Error));
        Assert.Equal(0, receiver.Count);
    }

    [Fact]
    public async Task A_name_that_resolves_to_a_public_address_and_then_to_a_private_one_reaches_the_public_one_only()
    {
        await using var open = await TestReceiver.StartAsync();
        await using var hidden = await TestReceiver.StartAsync(IPAddress.Parse("127.0.0.2"), open.Port);
        await using var setup = new CallbackSetup(null, CallbackSetup.Answering(["127.0.0.1"], ["127.0.0.2"]), OnlyTheFirst);
        open.Answer = _ => TestAnswer.Status(200, ("connection", "close")); // the next attempt dials, and resolves, anew

        var first = await setup.SendAsync(open.Url(host: "rebound.example"));
        var second = await setup.SendAsync(open.Url(host: "rebound.example"));

        Assert.Equal((200, null), (first.StatusCode, first.Error));
        Assert.Equal((null, "address 127.0.0.2 of host rebound.example is not allowed"), (second.StatusCode, second.Error));
        Assert.Equal((1, 0), (open.Count, hidden.Count));
    }

    [Fact]
    public async Task Of_several_addresses_only_the_allowed_are_dialled()
    {
        await using var open = await TestReceiver.StartAsync();
        await using var hidden = await TestReceiver.StartAsync(IPAddress.Parse("127.0.0.2"), open.Port);
        await using var setup = new CallbackSetup(
            null, CallbackSetup.Answering(["127.0.0.2", "::ffff:127.0.0.2", "::ffff:127.0.0.1"]), OnlyTheFirst);

        var attempt = await setup.SendAsync(open.Url(host: "mixed.example"));

        Assert.Equal(204, attempt.StatusCode);
        Assert.Equal((1, 0), (open.Count, hidden.Count));
    }

    [Fact]
    public async Task An_address_that_does_not_answer_is_followed_by_the_next()
    {
        await using var receiver = await TestReceiver.StartAsync();
        await using var setup = new CallbackSetup(null, CallbackSetup.Answering(["127.0.0.3", "127.0.0.1"]));

        Assert.Equal(204, (await setup.SendAsync(receiver.Url(host: "two.example"))).StatusCode);
    }

    [Fact]
    public async Task A_literal_address_is_refused_before_anything_is_dialled()
    {
        await using var receiver = await TestReceiver.StartAsync(IPAddress.Parse("127.0.0.2"));
        await using var setup = new CallbackSetup(null, null, OnlyTheFirst);

        var attempt = await setup.SendAsync(receiver.Url(host: "127.0.0.2"));

        Assert.Equal("the URL leads to an address that is not allowed (loopback: 127.0.0.2)", attempt.Error);
        Assert.Equal(0, receiver.Count);
    }

    [Fact]
    public async Task A_host_without_an_address_is_a_failed_attempt()
    {
        await using var setup = new CallbackSetup(null, CallbackSetup.Answering([[]]));

        Assert.Equal("host gone.example was not found", (await setup.SendAsync("http://gone.example/")).Error);
    }
}
