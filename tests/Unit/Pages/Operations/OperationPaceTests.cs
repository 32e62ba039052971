using JobTracker.Operations;
using JobTracker.Pages.OneOperation;
using JobTracker.Tests.Unit.Pages.Jobs;
using Microsoft.Extensions.Time.Testing;

namespace JobTracker.Tests.Unit.Pages.Operations;

public sealed class OperationPaceTests
{
    [Theory]
    [InlineData(null, null, "200 a second at most")]
    [InlineData(-10, null, "120 jobs a second over 10 s; 200 a second at most")]
    [InlineData(-10, -4, "200 jobs a second over 6 s; 200 a second at most")]
    [InlineData(0, null, "200 a second at most")]
    public void The_pace_is_over_all_of_its_time(int? began, int? ended, string expected) =>
        Assert.Equal(expected, OperationPace.Of(Operation(At(began), At(ended)), PageJobs.Now));

    private static DateTimeOffset? At(int? seconds) => seconds is { } number ? PageJobs.Now.AddSeconds(number) : null;

    private static OperationSnapshot Operation(DateTimeOffset? began, DateTimeOffset? ended) => new()
    {
        Id = OperationId.New(new FakeTimeProvider(PageJobs.Now)),
        OrganizationId = "org",
        Version = 1,
        Status = OperationStatus.Running,
        Action = OperationAction.Cancel,
        MaxPerSecond = 200,
        Matched = 1_200,
        CreatedById = "user",
        StartedAt = began,
        CompletedAt = ended,
    };
}
