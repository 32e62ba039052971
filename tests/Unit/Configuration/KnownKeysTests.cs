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
    [InlineData("Gateway:Any:Thing:Below", null)]
    [InlineData("OTEL_EXPORTER", null)]
    [InlineData("Other:Program", null)]
    [InlineData("Limit:Of", null)]
    [InlineData("Limits", null)]
    [InlineData("Limits:Wiat", "Limits:Wiat is no setting; the nearest is Limits:Wait.")]
    [InlineData("Limits:Computed", "Limits:Computed is no setting; the nearest is Limits:Names.")]
    [InlineData("Limits:Wait:Long", "Limits:Wait:Long is no setting; the nearest is Limits:Wait.")]
    [InlineData("Limits:Nmaes:0", "Limits:Nmaes:0 is no setting; the nearest is Limits:Names.")]
    [InlineData("Limits:Of:one:Msot", "Limits:Of:one:Msot is no setting; the nearest is Limits:Of:one:Most.")]
    [InlineData("Gateway:Enable", "Gateway:Enable is no setting; the nearest is Gateway:Enabled.")]
    [InlineData("Gateway:Any", "Gateway:Any is no setting; the nearest is Gateway:Enabled.")]
    [InlineData("Limtis:Wait", "Limtis:Wait is no setting; the nearest is Limits:Wait.")]
    [InlineData("Limit:Wait", "Limit:Wait is no setting; the nearest is Limits:Wait.")]
    public void A_key_that_nobody_reads_is_refused_with_the_nearest(string key, string? refusal)
    {
        var services = new ServiceCollection();
        services.AddSection<Sample>("Limits");
        services.AddKnownKeys<Entry>("Limits:Of:*").AddKnownKey("Gateway:Enabled")
            .AddKnownKey("Gateway:Any:**").AddKnownKey("OTEL_*");
        using var host = services.BuildServiceProvider();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(key, "1")]).Build();

        Assert.Equal(refusal, KnownKeys.Refusal(configuration, host.GetServices<KnownKey>()));
    }

    [Theory]
    [InlineData("Wait", "Wait is no setting; the nearest is Limits:Wait.")]
    [InlineData("Wiat", "Wiat is no setting; the nearest is Limits:Wait.")]
    [InlineData("Enabled", "Enabled is no setting; the nearest is Gateway:Enabled.")]
    [InlineData("Others:Program", "Others:Program is no setting; the nearest is Limits:Wait.")]
    [InlineData("OTEL_X", null)]
    public void The_command_line_is_ours_alone(string key, string? refusal)
    {
        KnownKey[] known = [new("Limits:Wait"), new("Gateway:Enabled"), new("OTEL_*")];

        Assert.Equal(refusal, KnownKeys.Refusal(new ConfigurationBuilder().Build(), known, key));
    }

    [Theory]
    [InlineData("keys create", "'keys' goes first on the command line, before all settings.")]
    [InlineData("--urls http://x keys create", "'keys' goes first on the command line, before all settings.")]
    [InlineData("-x", "'-x' is no setting; they are written --KEY=VALUE, such as --urls=http://localhost:8080.")]
    [InlineData("--urls", "urls has no value: it is written --urls=VALUE.")]
    [InlineData("--urls http://x", null)]
    [InlineData("--urls=http://x a:b=c /d e", null)]
    [InlineData("kesy", "'kesy' is no command; the nearest is 'keys'.")]
    [InlineData("--urls=http://x bakcup", "'bakcup' is no command; the nearest is 'backup'.")]
    public void What_the_command_line_means_nothing_by_is_refused(string line, string? refusal)
    {
        var problem = Record.Exception(() =>
            ProcessStart.RefuseUnknownCommand(CommandLine.Read(line.Split(' ')), ["keys", "backup"]));

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
