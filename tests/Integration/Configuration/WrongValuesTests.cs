using JobTracker.Configuration;
using JobTracker.Gateway;
using JobTracker.Silo;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace JobTracker.Tests.Integration.Configuration;

/// <summary>
/// Every setting that there is, with values of every wrong kind: it is taken, or refused in one line that begins with its key.
/// </summary>
public sealed class WrongValuesTests
{
    private static readonly string[] Values =
        ["nonsense", "", "-1", "0", "-00:00:01", "99999999999", "1e400", "00:00:00", "9999999.00:00:00", "\n", "::", "ü\u0001"];

    /// <summary>Where any text, or almost any, is good.</summary>
    private static readonly string[] Texts =
    [
        "Auth:BootstrapKeyFile", "Auth:Jwt:OrganizationClaim", "Auth:Jwt:UserClaim", "Auth:Jwt:ScopeClaim", "Auth:Jwt:Audience",
        "Auth:Jwt:Types", "Auth:Jwt:Types:0", "Cluster:ClusterId", "Cluster:ServiceId", "Cluster:ClientSecret", "Storage:SqlitePath",
        "Batches:Providers:main:ApiVersion", "Batches:Providers:main:ApiKey", "ConnectionStrings:Postgres_ProviderName",
        "Callbacks:AllowedNetworks", "Callbacks:Schedule", "Cors:Origins", "Proxies:Known",
        "Auth:Oidc:Scopes", "Auth:Oidc:Scopes:0", "DataProtection:CertificatePassword",
    ];

    /// <summary>What is read before there are services; all else is options.</summary>
    private static readonly string[] ReadEarly = ["Batches:", "Cluster:", "ConnectionStrings:", "Management:", "Storage:SqlitePath"];

    private readonly WebApplicationBuilder _silo = Builder([]);

    [Fact]
    public void Every_setting_refuses_what_it_cannot_be_in_one_line_that_begins_with_its_key()
    {
        string[] keys = [.. Keys(_silo.Services)];
        List<string> wrong = [];
        foreach (var key in keys)
        {
            foreach (var value in Values)
            {
                var refusal = Refusal(key, value);
                if (refusal is null ? value == Values[0] && !Texts.Contains(key) : !IsLineOf(key, refusal))
                    wrong.Add($"{key}={value}: {refusal ?? "is taken"}");
            }
        }

        Assert.True(keys.Length > 120, $"{keys.Length} keys");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {keys.Length} keys:\n{string.Join('\n', wrong)}");
    }

    private static bool IsLineOf(string key, string refusal) =>
        refusal.StartsWith(key, StringComparison.Ordinal) && !refusal.Contains('\n', StringComparison.Ordinal);

    /// <summary>With one name and one number for each that may be any.</summary>
    private static IEnumerable<string> Keys(IServiceCollection services) =>
        services.Select(service => service.ImplementationInstance).OfType<KnownKey>().Select(key => key.Pattern)
            .Where(pattern => pattern.Contains(':', StringComparison.Ordinal) && !pattern.Contains("**", StringComparison.Ordinal))
            .Select(key => key.Replace("Providers:*", "Providers:main", StringComparison.Ordinal))
            .Select(key => key.Replace("*", "0", StringComparison.Ordinal))
            .Where(key => key is not ("Secrets:Folder" or "Gateway:Enabled"))
            .Distinct().Order(StringComparer.Ordinal);

    private string? Refusal(string key, string value)
    {
        try
        {
            using var services = Services(key, value);
            services.GetRequiredService<IStartupValidator>().Validate();
            return null;
        }
        catch (Exception problem)
        {
            return StartRefusal.Of(problem) ?? problem.ToString();
        }
    }

    private ServiceProvider Services(string key, string value)
    {
        if (ReadEarly.Any(early => key.StartsWith(early, StringComparison.Ordinal)))
            return Builder([(key, value)]).Services.BuildServiceProvider();
        var services = new ServiceCollection();
        foreach (var service in _silo.Services)
            ((ICollection<ServiceDescriptor>)services).Add(service);
        services.AddSingleton<IConfiguration>(
            new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(key, (string?)value)]).Build());
        return services.BuildServiceProvider();
    }

    /// <summary>As the silo's program makes it.</summary>
    private static WebApplicationBuilder Builder((string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        (string, string)[] account = [("Batches:Providers:main:ApiKey", "key"), ("Batches:Providers:main:Dialect", "openai")];
        foreach (var (key, value) in account.Concat(settings))
            builder.Configuration[key] = value;
        builder.AddHostDefaults().AddJobTrackerSilo();
        return builder.AddJobTrackerGateway();
    }
}
