using JobTracker.Configuration;
using JobTracker.Grains.Batches.Options;
using JobTracker.Grains.Batches.Providers.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace JobTracker.Grains.Batches.Providers;

internal static class BatchProviderRegistration
{
    /// <summary>
    /// Registers every account under <c>Batches:Providers</c> and the polling pace under <c>Batches</c>, both validated at start.
    /// The names of the accounts are read here; adding one needs a restart.
    /// </summary>
    public static IServiceCollection AddBatchProviders(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddKnownKeys<PollOptions>("Batches").AddKnownKeys<BatchProviderOptions>($"{BatchProviderOptions.Section}:*");
        services.AddOptions<PollOptions>().Bind(configuration.GetSection("Batches")).Checked("Batches");
        IBatchDialect[] dialects = [.. Dialects()];
        foreach (var dialect in dialects)
            services.AddSingleton(dialect);

        string[] words = [.. dialects.Select(dialect => dialect.Name).Order()];
        foreach (var section in configuration.GetSection(BatchProviderOptions.Section).GetChildren())
        {
            var name = section.Key;
            services.AddOptions<BatchProviderOptions>(name).Bind(section).Checked(section.Path)
                .Validate(account => words.Contains(account.Dialect), $"{section.Path}:Dialect must be {string.Join(" or ", words)}.");
            services.AddAccountHttp(name);
            services.AddSingleton(provider => Open(provider, name));
        }
        services.AddSingleton<BatchProviders>();
        return services;
    }

    private static IEnumerable<IBatchDialect> Dialects() =>
        from type in typeof(IBatchDialect).Assembly.GetTypes()
        where type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IBatchDialect))
        select (IBatchDialect)Activator.CreateInstance(type)!;

    private static IBatchProvider Open(IServiceProvider services, string name)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        var account = services.GetRequiredService<IOptionsMonitor<BatchProviderOptions>>().Get(name);
        var dialect = services.GetRequiredService<IEnumerable<IBatchDialect>>().Single(dialect => dialect.Name == account.Dialect);
        var http = new ProviderHttp(name, dialect.Name, account, services.GetRequiredService<IHttpClientFactory>(), clock);
        return dialect.Open(http);
    }
}
