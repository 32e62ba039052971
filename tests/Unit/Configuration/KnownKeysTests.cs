using JobTracker.Configuration;
using JobTracker.Gateway;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Unit.Configuration;

public sealed class KnownKeysTests
{
    [Theory]
    [InlineData("Limits:Wait", null)]
    [InlineData("limits:WAIT", null)]
    [InlineData("Limits:Names:0", null)]
    [InlineData("Limits:Names", null)]
    [InlineData("Limits:Of:one:Most", null)]
    [InlineData("Gateway:Enabled", null)]
    [InlineData("Other:Program", null)]
    [InlineData("Limits", null)]
    [InlineData("Limits:Wiat", "Limits:Wiat is no setting; the nearest is Limits:Wait.")]
    [InlineData("Limits:Computed", "Limits:Computed is no setting; the nearest is Limits:Names.")]
    [InlineData("Limits:Wait:Long", "Limits:Wait:Long is no setting; the nearest is Limits:Wait.")]
    [InlineData("Limits:Nmaes:0", "Limits:Nmaes:0 is no setting; the nearest is Limits:Names.")]
    [InlineData("Limits:Of:one:Msot", "Limits:Of:one:Msot is no setting; the nearest is Limits:Of:one:Most.")]
    [InlineData("Gateway:Enable", "Gateway:Enable is no setting; the nearest is Gateway:Enabled.")]
    public void A_key_that_nobody_reads_is_refused_with_the_nearest(string key, string? refusal)
    {
        var services = new ServiceCollection();
        services.AddSection<Sample>("Limits");
        services.AddKnownKeys<Entry>("Limits:Of:*").AddKnownKey("Gateway:Enabled");
        using var host = services.BuildServiceProvider();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(key, "1")]).Build();

        Assert.Equal(refusal, KnownKeys.Refusal(configuration, host.GetServices<KnownKey>()));
    }

    [Theory]
    [InlineData("keys create", null)]
    [InlineData("--urls http://x keys create", null)]
    [InlineData("--urls http://x", null)]
    [InlineData("--urls=http://x a:b=c /d e", null)]
    [InlineData("kesy", "'kesy' is no command; the nearest is 'keys'.")]
    [InlineData("--urls=http://x bakcup", "'bakcup' is no command; the nearest is 'backup'.")]
    public void A_command_that_there_is_not_is_refused_with_the_nearest(string line, string? refusal)
    {
        var problem = Record.Exception(() => ProcessStart.RefuseUnknownCommand(line.Split(' '), ["keys", "backup"]));

        Assert.Equal(refusal, problem?.Message);
    }

    private sealed class Sample
    {
        public int Wait { get; set; }

        public IList<string> Names { get; } = [];

        public int Computed => Wait + 1;
    }

    private sealed class Entry
    {
        public int Most { get; set; }
    }
}
