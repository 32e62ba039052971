using JobTracker.Configuration;
using JobTracker.Gateway.Auth;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

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
    [InlineData("keys", "not available in this version")]
    [InlineData("open", "unknown")]
    public void Only_a_mode_that_exists_is_accepted(string mode, string? complaint)
    {
        using var services = new ServiceCollection()
            .AddOptions<AuthOptions>().Configure(options => options.Mode = mode).Checked("Auth").Services.BuildServiceProvider();
        var refusal = Record.Exception(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Equal(complaint is null, refusal is null);
        if (complaint is not null)
            Assert.Contains($"Auth:Mode '{mode}'", refusal!.Message);
        Assert.Contains(complaint ?? "", refusal?.Message ?? "");
    }
}
