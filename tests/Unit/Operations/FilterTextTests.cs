using System.Reflection;
using JobTracker.Jobs;
using JobTracker.Operations;

namespace JobTracker.Tests.Unit.Operations;

public sealed class FilterTextTests
{
    /// <summary>They say where a page begins and how long it is, or whose jobs they are: no part of a filter.</summary>
    private static readonly string[] NoFilters =
    [
        nameof(JobQuery.OrganizationId), nameof(JobQuery.After), nameof(JobQuery.Before), nameof(JobQuery.Limit),
        nameof(JobQuery.Ascending),
    ];

    public static TheoryData<string> Filters => [.. typeof(JobQuery).GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.CanWrite && !NoFilters.Contains(property.Name)).Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(Filters))]
    public void Every_filter_stands_in_the_text(string name)
    {
        var property = typeof(JobQuery).GetProperty(name)!;
        var query = new JobQuery();
        property.SetValue(query, Contracts.ContractSamples.Of(property.PropertyType));

        Assert.False(FilterText.IsEmpty(query), $"{name} is lost: an operation that names it would be one on every job.");
    }

    [Fact]
    public void A_query_without_filters_is_empty_wherever_its_page_begins() => Assert.True(FilterText.IsEmpty(new JobQuery
    {
        OrganizationId = "o",
        After = new JobId(Guid.Empty),
        Before = new JobId(Guid.AllBitsSet),
        Limit = 3,
        Ascending = true,
    }));

    [Fact]
    public void Two_starts_that_differ_in_anything_have_two_fingerprints()
    {
        var start = new StartOperation { Action = OperationAction.Cancel, Filter = new JobQuery { JobType = "a" } };
        StartOperation[] starts =
        [
            start, start with { Action = OperationAction.Delete }, start with { Filter = new JobQuery { JobType = "b" } },
            start with { Filter = null, JobIds = [new JobId(Guid.Empty)] }, start with { Reason = "r" }, start with { MaxItems = 1 },
            start with { MaxPerSecond = 1 }, start with { All = true },
        ];

        Assert.Equal(starts.Length, starts.Select(FilterText.FingerprintOf).Distinct().Count());
        Assert.Equal(
            FilterText.FingerprintOf(start),
            FilterText.FingerprintOf(start with { IdempotencyKey = "k", Filter = new JobQuery { JobType = "a" } }));
    }
}
