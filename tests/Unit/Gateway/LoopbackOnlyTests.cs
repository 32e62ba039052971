using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Auth.Loopback;
using JobTracker.Tests.Unit.Configuration;

namespace JobTracker.Tests.Unit.Gateway;

public sealed class LoopbackOnlyTests
{
    [Theory]
    [InlineData("http://localhost:8080", true)]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://127.8.8.8:0", true)]
    [InlineData("http://[::1]:8080", true)]
    [InlineData("http://unix:/run/jobtracker.sock", true)]
    [InlineData("http://0.0.0.0:8080", false)]
    [InlineData("http://[::]:8080", false)]
    [InlineData("http://*:8080", false)]
    [InlineData("http://+:8080", false)]
    [InlineData("http://10.0.0.1:8080", false)]
    [InlineData("http://localhost.example:8080", false)]
    public void Only_this_machine_reaches_a_loopback_address(string address, bool expected) =>
        Assert.Equal(expected, LoopbackOnly.IsLoopback(address));

    [Theory]
    [InlineData("none", null)]
    [InlineData("keys", null)]
    [InlineData("open", "unknown")]
    public void Only_a_mode_that_exists_is_accepted(string mode, string? complaint)
    {
        var refusals = StartRefusals.Of<AuthOptions>("Auth", ("Auth:Mode", mode));

        Assert.Equal(complaint is null, refusals.Count == 0);
        if (complaint is not null)
            Assert.Contains($"Auth:Mode '{mode}'", refusals[0]);
        Assert.Contains(complaint ?? "", string.Concat(refusals));
    }
}
