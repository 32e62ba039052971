using CsCheck;
using JobTracker.Grains.Callbacks;
using JobTracker.Grains.Callbacks.Delivery;

namespace JobTracker.Tests.Unit.Callbacks;

public sealed class CallbackQueuesTests
{
    private static CallbackOptions Limits(int overall = 8, int perHost = 2, int failures = 3, int queue = 1_000, int queuePerHost = 100) =>
        new()
        {
            MaxConcurrency = overall,
            MaxConcurrencyPerHost = perHost,
            FailuresBeforeProbing = failures,
            QueueLimit = queue,
            QueueLimitPerHost = queuePerHost,
            MaxConcurrencyPerOrganization = overall,
            QueueLimitPerOrganization = queue,
        };

    private static CallbackWork Work(string host, int number, string organization = "org") =>
        new($"{organization}-{host}{number}", organization, host, _ => Task.FromResult<bool?>(true));

    private static string Name(CallbackWork work) => work.Key["org-".Length..];

    private static CallbackQueues With(CallbackOptions limits, params (string Host, int Count)[] owed)
    {
        var queues = new CallbackQueues(limits);
        foreach (var (host, count) in owed)
        {
            for (var i = 0; i < count; i++)
                Assert.True(queues.TryAdd(Work(host, i)));
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

    private static CallbackQueues Failing(CallbackOptions limits, string host, int owed)
    {
        var queues = With(limits, (host, owed + limits.FailuresBeforeProbing));
        for (var i = 0; i < limits.FailuresBeforeProbing; i++)
            queues.Finish(queues.Take()!, hostIsWell: false);
        Assert.Equal(1, queues.FailingHosts);
        return queues;
    }

    [Fact]
    public void Hosts_are_served_in_turn_each_in_its_own_order() =>
        Assert.Equal(["a0", "b0", "c0", "a1", "c1"], TakeAll(With(Limits(), ("a", 4), ("b", 1), ("c", 2))).Select(Name));

    [Fact]
    public void A_host_has_its_limit_and_a_place_that_frees_is_taken_again()
    {
        var queues = With(Limits(perHost: 2), ("a", 4));
        var taken = TakeAll(queues);
        Assert.Equal(["a0", "a1"], taken.Select(Name));

        queues.Finish(taken[1], hostIsWell: true);

        Assert.Equal(["a2"], TakeAll(queues).Select(Name));
    }

    [Fact]
    public void All_hosts_together_have_their_limit()
    {
        var queues = With(Limits(overall: 3, perHost: 2), ("a", 2), ("b", 2));

        Assert.Equal(["a0", "b0", "a1"], TakeAll(queues).Select(Name));
        Assert.Equal((1, 3), (queues.Waiting, queues.Running));
    }

    [Fact]
    public void A_full_queue_says_so_for_the_host_and_for_all()
    {
        var queues = With(Limits(queue: 3, queuePerHost: 2), ("a", 2));

        Assert.False(queues.TryAdd(Work("a", 2)));
        Assert.True(queues.TryAdd(Work("b", 0)));
        Assert.False(queues.TryAdd(Work("c", 0)));
        Assert.Equal((3, 2), (queues.Waiting, queues.Hosts));
    }

    [Fact]
    public void A_key_is_held_once_from_its_post_to_its_end()
    {
        var queues = With(Limits(), ("a", 1));
        Assert.True(queues.TryAdd(Work("a", 0)));
        var work = Assert.Single(TakeAll(queues));
        Assert.True(queues.TryAdd(Work("a", 0)));
        Assert.Equal(0, queues.Waiting);

        queues.Finish(work, hostIsWell: true);

        Assert.True(queues.TryAdd(Work("a", 0)));
        Assert.Equal(1, queues.Waiting);
    }

    [Fact]
    public void A_host_that_keeps_failing_gets_one_at_a_time_until_one_succeeds()
    {
        var queues = Failing(Limits(failures: 3), "a", owed: 10);

        var probe = Assert.Single(TakeAll(queues));
        Assert.Null(queues.Finish(probe, hostIsWell: false));
        probe = Assert.Single(TakeAll(queues));
        Assert.True(queues.Finish(probe, hostIsWell: true));

        Assert.Equal(2, TakeAll(queues).Count);
        Assert.Equal(0, queues.FailingHosts);
    }

    [Fact]
    public void A_success_between_failures_starts_the_count_anew()
    {
        var queues = With(Limits(failures: 2), ("a", 5));

        Assert.Equal([null, null, null, false],
            new[] { false, true, false, false }.Select(isWell => queues.Finish(queues.Take()!, isWell)));
    }

    [Fact]
    public void An_attempt_that_says_nothing_about_the_host_changes_nothing()
    {
        var queues = With(Limits(failures: 2), ("a", 5));

        Assert.Equal([null, null, false],
            new bool?[] { false, null, false }.Select(isWell => queues.Finish(queues.Take()!, isWell)));
    }

    [Fact]
    public void What_was_under_way_when_a_host_began_to_fail_ends_before_it_is_probed()
    {
        var queues = With(Limits(perHost: 4, failures: 2), ("a", 10));
        var taken = TakeAll(queues);
        queues.Finish(taken[0], hostIsWell: false);
        taken.AddRange(TakeAll(queues));
        queues.Finish(taken[1], hostIsWell: false);
        Assert.Empty(TakeAll(queues));

        foreach (var work in taken[2..])
            queues.Finish(work, hostIsWell: false);

        Assert.Single(TakeAll(queues));
    }

    [Fact]
    public void Failing_hosts_hold_a_quarter_of_the_places_at_most()
    {
        var limits = Limits(overall: 8, failures: 1);
        var queues = With(limits, ("a", 2), ("b", 2), ("c", 2), ("d", 2));
        foreach (var first in TakeAll(queues).Take(8).ToList())
            queues.Finish(first, hostIsWell: false);
        foreach (var host in "abcd")
            Assert.True(queues.TryAdd(Work(host.ToString(), 9)));
        for (var i = 0; i < 4; i++)
            Assert.True(queues.TryAdd(Work("well" + i, 0)));

        var taken = TakeAll(queues);

        Assert.Equal(2, taken.Count(work => !work.Host.StartsWith("well", StringComparison.Ordinal)));
        Assert.Equal(4, taken.Count(work => work.Host.StartsWith("well", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_host_is_forgotten_when_nothing_is_owed_to_it_and_it_is_well()
    {
        var queues = With(Limits(), ("a", 1), ("b", 1));
        foreach (var work in TakeAll(queues))
            queues.Finish(work, hostIsWell: true);

        Assert.Equal(0, queues.Hosts);
    }

    [Fact]
    public void A_failing_host_is_remembered_though_nothing_is_owed_to_it()
    {
        var queues = Failing(Limits(), "a", owed: 0);

        for (var i = 100; i < 105; i++)
            queues.TryAdd(Work("a", i));

        Assert.Single(TakeAll(queues));
    }

    [Fact]
    public void The_failing_hosts_that_are_remembered_are_bounded_and_the_oldest_goes_first()
    {
        var queues = new CallbackQueues(Limits(failures: 1));
        for (var i = 0; i <= CallbackQueues.MostResting; i++)
        {
            queues.TryAdd(Work("host" + i, 0));
            queues.Finish(queues.Take()!, hostIsWell: false);
        }

        Assert.Equal((CallbackQueues.MostResting, CallbackQueues.MostResting), (queues.Hosts, queues.FailingHosts));
        queues.TryAdd(Work("host0", 1));
        queues.TryAdd(Work("host0", 2));
        Assert.Equal(2, TakeAll(queues).Count);
    }

    [Fact]
    public void Whatever_happens_the_limits_hold_and_everything_taken_in_is_made_once()
    {
        var step = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 5], Gen.Int[0, 2]);

        step.List[1, 300].Sample(steps =>
        {
            var limits = Limits(overall: 6, perHost: 2, failures: 2, queue: 20, queuePerHost: 8);
            (limits.MaxConcurrencyPerOrganization, limits.QueueLimitPerOrganization) = (4, 15);
            var queues = new CallbackQueues(limits);
            List<CallbackWork> running = [];
            var (added, made) = (0, 0);
            foreach (var (action, host, verdict) in steps)
            {
                if (action <= 1)
                    added += queues.TryAdd(Work("h" + (host % 3), added, "org" + (host / 3))) ? 1 : 0;
                else if (action == 2 && queues.Take() is { } work)
                    running.Add(work);
                else if (running.Count > 0)
                    (made, _) = (made + 1, Finish(host % running.Count, verdict));
                Assert.True(running.Count <= 6 && running.GroupBy(one => (one.Organization, one.Host)).All(group => group.Count() <= 2)
                    && running.GroupBy(one => one.Organization).All(group => group.Count() <= 4));
            }
            for (running.AddRange(TakeAll(queues)); running.Count > 0; running.AddRange(TakeAll(queues)))
                (made, _) = (made + 1, Finish(0, 2));
            Assert.Equal((added, 0, 0), (made, queues.Waiting, queues.Running));
            Assert.True(queues.Hosts == 0 ? queues.Organizations == 0 : queues.Organizations <= 2);

            bool? Finish(int index, int verdict)
            {
                var work = running[index];
                running.RemoveAt(index);
                return queues.Finish(work, verdict switch { 0 => false, 1 => null, _ => true });
            }
        });
    }
}
