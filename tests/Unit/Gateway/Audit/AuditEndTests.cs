using JobTracker.Audit;
using JobTracker.Gateway.Audit;
using JobTracker.Gateway.Problems;
using JobTracker.Storage;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Tests.Unit.Gateway.Audit;

/// <summary>What an event says of an action is what its caller was told.</summary>
public sealed class AuditEndTests
{
    public static TheoryData<int, string, string?> Answers => new()
    {
        { 200, "succeeded", null },
        { 201, "succeeded", null },
        { 204, "succeeded", null },
        { 404, "refused", "status_404" },
        { 499, "refused", "status_499" },
        { 500, "unknown", "status_500" },
    };

    public static TheoryData<Exception, string, string> Faults => new()
    {
        { new OutcomeUnknownException("lost"), "unknown", "outcome_unknown" },
        { new TimeoutException(), "unknown", "outcome_unknown" },
        { new SiloUnavailableException(), "unknown", "outcome_unknown" },
        { new OperationCanceledException(), "unknown", "cancelled" },
        { new InvalidOperationException("a bug"), "unknown", "internal_error" },
        { new StorageUnavailableException("away"), "refused", "storage_unavailable" },
        { new StorageOverloadedException("full"), "refused", "overloaded" },
        { new UnauthorizedAccessException(), "refused", "insufficient_scope" },
        { new BadHttpRequestException("late", 408), "refused", "request_timeout" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_ends_by_its_status(int status, string outcome, string? reason) =>
        Assert.Equal((outcome, reason), Words(AuditEnd.Of(Results.StatusCode(status))));

    [Fact]
    public void A_problem_ends_by_its_code()
    {
        Assert.Equal(("refused", "callback_secret_configured"), Words(AuditEnd.Of(new ProblemResult(ProblemMap.CallbackSecretConfigured))));
        Assert.Equal(("unknown", "internal_error"), Words(AuditEnd.Of(new ProblemResult(ProblemMap.OfStatus(500)))));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_ends_by_what_it_leaves_open(Exception fault, string outcome, string reason) =>
        Assert.Equal((outcome, reason), Words(AuditEnd.Of(fault)));

    private static (string Outcome, string? Reason) Words(AuditEnd end) => (end.Outcome.Word, end.Reason);
}
