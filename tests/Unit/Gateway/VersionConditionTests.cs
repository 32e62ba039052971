using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;
using JobTracker.Jobs;
using Microsoft.Extensions.Primitives;

namespace JobTracker.Tests.Unit.Gateway;

public sealed class VersionConditionTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("*", true)]
    [InlineData("\"3\"", true)]
    [InlineData("\"1\", \"3\"", true)]
    [InlineData("\"1\", W/\"3\"", false)]
    [InlineData("W/\"3\"", false)]
    [InlineData("\"03\"", false)]
    [InlineData("\"4\"", false)]
    [InlineData("\"abc\"", false)]
    [InlineData("\"99999999999999999999\"", false)]
    public async Task If_Match_lets_a_command_through_to_a_job_at_version_3(string? header, bool isLet)
    {
        var errors = new RequestErrors();
        var outcome = await VersionCondition.Read(Header(header), errors).SendAsync(expected => Task.FromResult(At(3, expected)));

        Assert.Null(errors.Problem);
        Assert.Equal(isLet, outcome is JobOutcome.NotFound);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("")]
    public void If_Match_that_is_no_entity_tag_is_refused(string header)
    {
        var errors = new RequestErrors();
        VersionCondition.Read(Header(header), errors);

        Assert.Equal(["If-Match"], Requests.Names(errors));
    }

    [Theory]
    [InlineData("W/\"3\"", true)]
    [InlineData("\"1\", W/\"3\"", true)]
    [InlineData("W/\"2\"", false)]
    [InlineData("\"2\"", false)]
    public void A_tag_that_a_proxy_weakened_is_explained(string header, bool isExplained)
    {
        var problem = VersionCondition.Read(Header(header), new RequestErrors()).Explained(new Refusal.VersionMismatch(0, 3));

        Assert.Equal(isExplained, problem.Detail.Contains("proxy", StringComparison.Ordinal));
        Assert.Equal((412, "version_mismatch", 3L), (problem.Status, problem.Code, problem.ActualVersion));
    }

    /// <summary>A grain's answer; "not found" stands for anything but a refusal of the version.</summary>
    private static JobOutcome At(long actual, long? expected) =>
        expected is { } asked && asked != actual
            ? new JobOutcome.Refused(new Refusal.VersionMismatch(asked, actual))
            : new JobOutcome.NotFound();

    private static StringValues Header(string? text) => text is null ? StringValues.Empty : new StringValues(text);
}
