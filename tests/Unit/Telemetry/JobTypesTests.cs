using JobTracker.Telemetry;

namespace JobTracker.Tests.Unit.Telemetry;

public sealed class JobTypesTests
{
    [Fact]
    public void Fifty_types_keep_their_names_and_the_next_is_another()
    {
        var types = new JobTypes();

        var names = Enumerable.Range(1, 51).Select(number => types.Bounded($"type-{number}")).ToList();

        Assert.Equal([.. Enumerable.Range(1, 50).Select(number => $"type-{number}"), "_OTHER"], names);
        Assert.Equal(("type-1", "type-50", "_OTHER", "_OTHER"),
            (types.Bounded("type-1"), types.Bounded("type-50"), types.Bounded("type-51"), types.Bounded("Type-1")));
    }

    [Fact]
    public void Whatever_comes_at_once_no_more_than_fifty_are_told_apart()
    {
        var types = new JobTypes();

        var names = Enumerable.Range(0, 2_000).AsParallel().Select(number => types.Bounded($"type-{number % 200}")).ToHashSet();

        Assert.Equal(51, names.Count);
    }
}
