using JobTracker.Grains.Callbacks;
using JobTracker.Grains.Callbacks.Delivery;

namespace JobTracker.Tests.Unit.Callbacks;

/// <summary>What the callbacks of one organization leave to those of the others.</summary>
public sealed class CallbackFairnessTests
{
    private static CallbackWork Work(string organization, string host, int number = 0) =>
        new($"{organization}-{host}-{number}", organization, host, _ => Task.FromResult<bool?>(true));

    private static CallbackQueues With(CallbackOptions limits, string organization, int hosts, int each = 1)
    {
        var queues = new CallbackQueues(limits);
        for (var host = 0; host < hosts; host++)
        {
            for (var number = 0; number < each; number++)
                Assert.True(queues.TryAdd(Work(organization, $"host{host}", number)));
        }

        return queues;
    }

    private static List<CallbackWork> TakeAll(CallbackQueues queues)
    {
        List<CallbackWork> taken = [];
        while (queues.Take() is { } work)
            taken.Add(work);
        return taken;
    }

    [Fact]
    public void An_organization_with_five_thousand_hosts_leaves_a_place_for_another_at_once()
    {
        var queues = With(new CallbackOptions(), "many", hosts: 5_000);
        Assert.Equal(192, TakeAll(queues).Count); // three quarters of 256

        Assert.True(queues.TryAdd(Work("other", "host")));

        Assert.Equal(["other"], TakeAll(queues).Select(work => work.Organization));
    }

    [Fact]
    public void A_place_that_frees_goes_to_the_organizations_in_turn_however_many_hosts_each_has()
    {
        var queues = With(
            new CallbackOptions { MaxConcurrency = 4, MaxConcurrencyPerOrganization = 4, MaxConcurrencyPerHost = 4 }, "many", 50);
        var running = TakeAll(queues);
        for (var number = 0; number < 3; number++)
            Assert.True(queues.TryAdd(Work("other", "host", number)));

        queues.Finish(running[0], hostIsWell: true);
        queues.Finish(running[1], hostIsWell: true);

        Assert.Equal(["other", "many"], TakeAll(queues).Select(work => work.Organization));
    }

    [Fact]
    public void An_organization_at_its_limit_goes_on_when_one_of_its_attempts_ends()
    {
        var queues = With(new CallbackOptions { MaxConcurrencyPerOrganization = 2 }, "one", hosts: 4);
        var running = TakeAll(queues);
        Assert.Equal(2, running.Count);

        queues.Finish(running[0], hostIsWell: false);

        Assert.Equal("host2", Assert.Single(TakeAll(queues)).Host);
    }

    [Fact]
    public void A_full_queue_of_one_organization_turns_away_nothing_of_another()
    {
        var queues = With(new CallbackOptions { QueueLimit = 8 }, "many", hosts: 6);

        Assert.False(queues.TryAdd(Work("many", "more")));
        Assert.True(queues.TryAdd(Work("other", "host")));
    }

    [Fact]
    public void A_host_that_fails_for_one_organization_is_as_well_as_ever_for_another()
    {
        var limits = new CallbackOptions { FailuresBeforeProbing = 1, QueueLimitPerHost = 3 };
        var queues = With(limits, "one", hosts: 1, each: 3);
        queues.Finish(queues.Take()!, hostIsWell: false);
        Assert.True(queues.TryAdd(Work("one", "host0", 3)));
        for (var number = 0; number < 3; number++)
            Assert.True(queues.TryAdd(Work("other", "host0", number)));

        Assert.Equal(["one", "other", "other", "other"], TakeAll(queues).Select(work => work.Organization));
    }

    [Fact]
    public void An_organization_is_forgotten_when_nothing_of_it_waits_or_runs()
    {
        var queues = With(new CallbackOptions(), "one", hosts: 3);
        foreach (var work in TakeAll(queues))
            queues.Finish(work, hostIsWell: true);

        Assert.Equal((0, 0), (queues.Hosts, queues.Organizations));
    }
}
