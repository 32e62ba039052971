using JobTracker.Tests.Support.Logs;

namespace JobTracker.Tests.Integration.Logs;

/// <summary>The last test of a run: all hosts of the others have stopped by then.</summary>
[Collection(RunsLast.Name)]
[CollectionDefinition(RunsLast.Name, DisableParallelization = true)]
public sealed class SuiteLogTests
{
    [Fact]
    public void No_test_made_a_host_log_a_warning_or_an_error_that_is_not_expected() =>
        Assert.True(SuiteLog.Unexpected.Count == 0, string.Join('\n', SuiteLog.Unexpected));

    [Fact]
    public void No_test_made_a_host_log_a_secret() => Assert.True(SuiteLog.Secret.Count == 0, string.Join('\n', SuiteLog.Secret));
}
