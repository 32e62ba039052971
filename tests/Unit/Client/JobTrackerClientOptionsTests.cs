using JobTracker.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace JobTracker.Tests.Unit.Client;

public sealed class JobTrackerClientOptionsTests
{
    [Fact]
    public void An_organization_and_a_user_are_enough() => Assert.Equal(10, Read(_ => { }).MaxAttempts);

    public static TheoryData<Action<JobTrackerClientOptions>> OutOfRange => new()
    {
        options => options.OrganizationId = "",
        options => options.OrganizationId = new string('o', 129),
        options => options.UserId = "",
        options => options.UserId = new string('u', 129),
        options => options.MaxAttempts = 0,
        options => options.MaxAttempts = 101,
        options => options.FirstPause = TimeSpan.Zero,
        options => options.LongestPause = TimeSpan.FromHours(1),
        options => options.LongestOutage = TimeSpan.Zero,
    };

    [Theory, MemberData(nameof(OutOfRange), DisableDiscoveryEnumeration = true)]
    public void What_is_out_of_range_is_refused(Action<JobTrackerClientOptions> configure) =>
        Assert.Throws<OptionsValidationException>(() => Read(configure));

    private static JobTrackerClientOptions Read(Action<JobTrackerClientOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddJobTrackerClient(options =>
        {
            options.OrganizationId = "org-1";
            options.UserId = "user-1";
            configure(options);
        });
        using var host = services.BuildServiceProvider();
        return host.GetRequiredService<IOptions<JobTrackerClientOptions>>().Value;
    }
}
