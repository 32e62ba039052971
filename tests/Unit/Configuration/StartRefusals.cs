using JobTracker.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace JobTracker.Tests.Unit.Configuration;

/// <summary>Why a process would not start with such settings: the refusals of its options, in their order; empty where it would.</summary>
internal static class StartRefusals
{
    public static IReadOnlyList<string> Of<T>(string section, params (string Key, string Value)[] settings)
        where T : class => Of(services => services.AddSection<T>(section), settings);

    public static IReadOnlyList<string> Of(Action<IServiceCollection> add, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration);
        add(services);
        using var host = services.BuildServiceProvider();
        return Record.Exception(host.GetRequiredService<IStartupValidator>().Validate) switch
        {
            null => [],
            OptionsValidationException refusal => [.. refusal.Failures],
            var broken => throw broken,
        };
    }
}
