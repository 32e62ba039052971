using JobTracker.Grains.Callbacks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace JobTracker.Tests.Unit.Callbacks;

public sealed class CallbackOptionsTests
{
    private static CallbackOptions Bind(params (string Key, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create("Callbacks:" + setting.Key, setting.Value)))
            .Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddCallbacks();
        using var provider = services.BuildServiceProvider(validateScopes: true);
        return provider.GetRequiredService<IOptions<CallbackOptions>>().Value;
    }

    private static string Failure(string key, string? value) => Assert.Throws<OptionsValidationException>(() => Bind((key, value))).Message;

    [Fact]
    public void Nothing_configured_is_the_documented_default()
    {
        var options = Bind();

        Assert.Equal(TimeSpan.FromSeconds(5), options.Timeout);
        Assert.Equal(TimeSpan.FromHours(24), options.RotationOverlap);
        Assert.Equal(
            (0.2, 256, 32, 1_024), (options.Jitter, options.MaxConcurrency, options.MaxConcurrencyPerHost, options.ResponseBodyLimit));
        Assert.Equal((192, 75_000), (options.PlacesPerOrganization, options.WaitingPerOrganization));
        Assert.Null(options.SigningSecret);
        Assert.Equal(8, options.ToSchedule().Attempts);
    }

    [Fact]
    public void A_configured_schedule_replaces_the_default()
    {
        var schedule = Bind(("Schedule:0", "00:00:00"), ("Schedule:1", "00:00:02")).ToSchedule();

        Assert.Equal(2, schedule.Attempts);
        Assert.Equal(TimeSpan.FromSeconds(2), schedule.DelayBefore(2, null, 0.5));
    }

    [Theory]
    [InlineData("Schedule:0", "-00:00:01", "Callbacks:Schedule:0 is -00:00:01; it must be between 00:00:00 and 7.00:00:00.")]
    [InlineData("Schedule:0", "7.00:00:01", "Callbacks:Schedule:0 is 7.00:00:01; it must be between 00:00:00 and 7.00:00:00.")]
    [InlineData("Timeout", "00:00:00", "Callbacks:Timeout is 00:00:00; it must be between 00:00:00.0010000 and 00:05:00.")]
    [InlineData("Jitter", "1.1", "Callbacks:Jitter is 1.1; it must be between 0 and 1.")]
    [InlineData("Jitter", "NaN", "Callbacks:Jitter is NaN; it must be between 0 and 1.")]
    [InlineData("MaxConcurrency", "10001", "Callbacks:MaxConcurrency is 10001; it must be between 1 and 10000.")]
    [InlineData("MaxConcurrencyPerHost", "257", "Callbacks:MaxConcurrencyPerHost is 257; it must be between 1 and 256.")]
    [InlineData("MaxConcurrencyPerOrganization", "257", "Callbacks:MaxConcurrencyPerOrganization is 257; it must be between 1 and 256.")]
    [InlineData("QueueLimitPerOrganization", "0", "Callbacks:QueueLimitPerOrganization is 0; it must be between 1 and 100000.")]
    [InlineData("FailuresBeforeProbing", "0", "Callbacks:FailuresBeforeProbing is 0; it must be between 1 and 1000.")]
    [InlineData("QueueLimitPerHost", "100001", "Callbacks:QueueLimitPerHost is 100001; it must be between 1 and 100000.")]
    [InlineData("RotationOverlap", "31.00:00:00", "Callbacks:RotationOverlap is 31.00:00:00; it must be between 00:00:00 and 30.00:00:00.")]
    [InlineData("ResponseBodyLimit", "-1", "Callbacks:ResponseBodyLimit is -1; it must be between 0 and 1048576.")]
    [InlineData("StopTimeout", "00:05:01", "Callbacks:StopTimeout is 00:05:01; it must be between 00:00:00 and 00:05:00.")]
    [InlineData("SigningSecret", "whsec_c2hvcnQ=", "Callbacks:SigningSecret: a signing secret has 24 to 64 bytes, this one 5.")]
    public void A_bad_value_is_refused_by_its_key(string key, string value, string message) => Assert.Equal(message, Failure(key, value));

    [Theory]
    [InlineData("10.0.0.0")]
    [InlineData("everything")]
    public void A_network_that_is_none_is_refused_by_its_key(string network) =>
        Assert.StartsWith($"Callbacks:AllowedNetworks:0 is '{network}', which is not a network", Failure("AllowedNetworks:0", network),
            StringComparison.Ordinal);

    [Fact]
    public void A_bad_entry_is_named_by_its_index_and_every_failure_is_told()
    {
        var failure = Assert.Throws<OptionsValidationException>(
            () => Bind(("Schedule:0", "00:00:00"), ("Schedule:1", "00:00:05"), ("Schedule:2", "8.00:00:00"), ("Jitter", "2")));

        Assert.Equal(["Callbacks:Jitter", "Callbacks:Schedule:2"], failure.Failures.Select(text => text.Split(' ')[0]));
    }

    [Fact]
    public void What_is_no_duration_at_all_is_refused_by_its_key() =>
        Assert.Contains("Callbacks:Timeout", Assert.Throws<InvalidOperationException>(() => Bind(("Timeout", "soon"))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void More_than_fifty_attempts_are_refused()
    {
        var settings = Enumerable.Range(0, 51).Select(i => ($"Schedule:{i}", (string?)"00:00:01")).ToArray();

        Assert.Equal(50, Bind(settings[..50]).ToSchedule().Attempts);
        Assert.Equal(["Callbacks:Schedule has 51 entries; at most 50 are allowed."], Assert.Throws<OptionsValidationException>(
            () => Bind(settings)).Failures);
    }
}
