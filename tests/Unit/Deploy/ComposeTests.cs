using JobTracker.Tests.Support;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace JobTracker.Tests.Unit.Deploy;

public sealed class ComposeTests
{
    [Fact]
    public void The_machine_serves_itself_alone_by_a_program_that_can_write_nothing_and_has_its_secrets_in_files()
    {
        var yaml = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).WithDuplicateKeyChecking()
            .IgnoreUnmatchedProperties().Build();
        var file = yaml.Deserialize<ComposeFile>(File.ReadAllText(Repository.PathOf("deploy", "compose.yaml")));

        var silo = file.Services["silo"];
        Assert.Equal((true, "ALL"), (silo.ReadOnly, Assert.Single(silo.CapDrop)));
        Assert.All(silo.Ports, port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
        Assert.All(silo.Environment, setting => Assert.DoesNotContain("Password", setting.Value, StringComparison.OrdinalIgnoreCase));
        Assert.All(silo.Secrets, secret => Assert.Contains(secret.Source, file.Secrets.Keys));
        Assert.All(silo.Secrets, secret => Assert.StartsWith("/run/secrets/jobtracker/", secret.Target, StringComparison.Ordinal));
    }

    private sealed class ComposeFile
    {
        public Dictionary<string, Part> Services { get; set; } = [];

        public Dictionary<string, object> Secrets { get; set; } = [];
    }

    private sealed class Part
    {
        public bool ReadOnly { get; set; }

        public List<string> CapDrop { get; set; } = [];

        public List<string> Ports { get; set; } = [];

        public Dictionary<string, string> Environment { get; set; } = [];

        [YamlMember(Alias = "secrets")]
        public List<object> Given { get; set; } = [];

        [YamlIgnore]
        public IEnumerable<Secret> Secrets => Given.OfType<Dictionary<object, object>>()
            .Select(secret => new Secret((string)secret["source"], (string)secret["target"]));
    }

    private sealed record Secret(string Source, string Target);
}
