using JobTracker.Organizations;
using JobTracker.Pages.Admin.Organizations;
using JobTracker.Pages.Cluster;
using JobTracker.Silos;
using JobTracker.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace JobTracker.Tests.Unit.Pages.Admin;

public sealed class ClusterTextTests
{
    private static readonly SiloLoad Load = new(12, 1, 3.14, 2L << 30, IsOverloaded: false);
    private static readonly SiloFacts Facts = new(
        "0.1.0", DateTimeOffset.UnixEpoch, new StorageStanding { For = TimeSpan.FromMinutes(3) }, 0, 340 << 20);

    [Fact]
    public void Memory_is_of_what_may_be_used_where_that_is_known()
    {
        Assert.Equal("340 MiB of 2.0 GiB", ClusterText.Memory(Facts, Load));
        Assert.Equal("340 MiB", ClusterText.Memory(Facts, Load with { MemoryLimitBytes = 0 }));
        Assert.Equal("340 MiB", ClusterText.Memory(Facts, load: null));
        Assert.Equal("3.1 %", ClusterText.Cpu(Load));
    }

    [Fact]
    public void Storage_tells_how_long_it_takes_or_why_it_does_not_work()
    {
        Assert.Equal("works", ClusterText.Storage(Facts.Storage));
        Assert.Equal("5 ms", ClusterText.Storage(Facts.Storage with { Took = TimeSpan.FromMilliseconds(5) }));
        Assert.Equal(
            "The disk is full. For 3 min.",
            ClusterText.Storage(Facts.Storage with { Cause = "The disk is full.", Took = TimeSpan.FromMilliseconds(5) }));
    }

    [Fact]
    public void No_lag_is_none_and_up_for_counts_from_the_start()
    {
        Assert.Equal("none", ClusterText.Lag(TimeSpan.Zero));
        Assert.Equal("1.5 s", ClusterText.Lag(TimeSpan.FromSeconds(1.5)));
        Assert.Equal("2 h 5 min", ClusterText.Uptime(Facts, DateTimeOffset.UnixEpoch.AddMinutes(125)));
    }

    [Fact]
    public void Limits_stand_in_their_fields_and_an_empty_one_is_as_configured()
    {
        var fields = OrganizationText.FieldsOf(new OrganizationLimits(Burst: 50, OpenJobs: 5_000_000_000))
            .ToDictionary(field => field.Name);

        Assert.Equal(("50", "5000000000", ""), (fields["burst"].Text, fields["open_jobs"].Text, fields["waits"].Text));
        Assert.Equal(7, fields.Count);
        var read = OrganizationText.Read(new FormCollection(new Dictionary<string, StringValues> { ["burst"] = " 7 ", ["foreign"] = "1" }));
        Assert.Equal(("burst", "7"), Assert.Single(read.Select(limit => (limit.Key, limit.Value))));
    }
}
