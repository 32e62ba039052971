using JobTracker.Grains.Batches.Options;
using JobTracker.Grains.Batches.Providers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace JobTracker.Tests.Unit.Batches.Providers;

public sealed class AccountOptionsTests
{
    [Theory]
    [InlineData("Batches:Providers:main:Dialect", "cobol")]
    [InlineData("Batches:Providers:main:Dialect", "")]
    [InlineData("Batches:Providers:main:ApiKey", "")]
    [InlineData("Batches:Providers:main:ApiKey", "sk\nX-Other: 1")]
    [InlineData("Batches:Providers:main:BaseUrl", "api.example.com")]
    [InlineData("Batches:Providers:main:BaseUrl", "ftp://example.com")]
    [InlineData("Batches:Providers:main:BaseUrl", "https://user@example.com")]
    [InlineData("Batches:Providers:main:BaseUrl", "https://example.com/?key=1")]
    [InlineData("Batches:Providers:main:RequestsPerSecond", "0")]
    [InlineData("Batches:Providers:main:MaxLineBytes", "1023")]
    [InlineData("Batches:Providers:main:AnswerTimeout", "00:00:00")]
    [InlineData("Batches:PollMin", "00:00:00")]
    [InlineData("Batches:PollMax", "00:00:29")]
    [InlineData("Batches:PollJitter", "1")]
    [InlineData("Batches:AbsenceAfter", "00:00:00.999")]
    [InlineData("Batches:AbsenceAfter", "1.00:00:01")]
    [InlineData("Batches:AbsenceGap", "00:00:00.099")]
    [InlineData("Batches:AbsenceGap", "01:00:01")]
    [InlineData("Batches:NotFoundCount", "0")]
    [InlineData("Batches:NotFoundCount", "1001")]
    [InlineData("Batches:NotFoundAfter", "-00:00:01")]
    [InlineData("Batches:NotFoundAfter", "1.00:00:01")]
    public void A_bad_value_stops_the_start_and_names_its_key(string key, string value)
    {
        using var services = Services((key, value));

        var refusal = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains(key, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00:00:01", "00:00:00.100", "1", "00:00:00")]
    [InlineData("1.00:00:00", "01:00:00", "1000", "1.00:00:00")]
    public void Every_limit_itself_is_taken(string absenceAfter, string absenceGap, string notFoundCount, string notFoundAfter)
    {
        using var services = Services(
            ("Batches:AbsenceAfter", absenceAfter), ("Batches:AbsenceGap", absenceGap), ("Batches:NotFoundCount", notFoundCount),
            ("Batches:NotFoundAfter", notFoundAfter));

        services.GetRequiredService<IStartupValidator>().Validate();
    }

    [Fact]
    public void Every_account_is_found_by_its_name()
    {
        using var services = Services(("Batches:Providers:other:Dialect", "openai"), ("Batches:Providers:other:ApiKey", "k"));
        services.GetRequiredService<IStartupValidator>().Validate();
        var accounts = services.GetRequiredService<BatchProviders>();

        Assert.Equal(["main", "other"], accounts.Names.Order());
        Assert.True(accounts.TryFind("MAIN", out var main));
        Assert.True(accounts.TryFind("other", out var other));
        Assert.Equal(("anthropic", "openai"), (main.Dialect, other.Dialect));
        Assert.False(accounts.TryFind("third", out _));
    }

    [Fact]
    public void No_account_is_no_failure()
    {
        using var services = new ServiceCollection().AddBatchProviders(new ConfigurationBuilder().Build()).BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();

        Assert.Empty(services.GetRequiredService<BatchProviders>().Names);
        Assert.Equal(TimeSpan.FromSeconds(20), services.GetRequiredService<IOptions<PollOptions>>().Value.PollFirst);
    }

    [Theory]
    [InlineData("https://h", "https://h/v1/")]
    [InlineData("https://h/", "https://h/v1/")]
    [InlineData("https://h/v1", "https://h/v1/")]
    [InlineData("https://h/openai/v1/", "https://h/openai/v1/")]
    [InlineData("http://127.0.0.1:81/x", "http://127.0.0.1:81/x/v1/")]
    public void A_base_URL_may_be_written_with_or_without_its_version(string configured, string root) =>
        Assert.Equal(new Uri(root), Grains.Batches.Providers.Http.ApiRoot.V1(new Uri(configured)));

    private static ServiceProvider Services(params (string Key, string Value)[] settings)
    {
        Dictionary<string, string?> values = new(StringComparer.OrdinalIgnoreCase)
        {
            ["Batches:Providers:main:Dialect"] = "anthropic",
            ["Batches:Providers:main:ApiKey"] = "key",
        };
        foreach (var (key, value) in settings)
            values[key] = value;
        return new ServiceCollection()
            .AddBatchProviders(new ConfigurationBuilder().AddInMemoryCollection(values).Build()).BuildServiceProvider();
    }
}
