using JobTracker.Grains.Batches.Providers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Integration.Batches;

/// <summary>Accounts as configuration makes them, with patience measured in fractions of a second.</summary>
internal sealed class Accounts : IAsyncDisposable
{
    private readonly Dictionary<string, string?> _settings = [];
    private readonly TimeProvider _clock;
    private ServiceProvider? _services;

    public Accounts(TimeProvider? clock = null) => _clock = clock ?? TimeProvider.System;

    public static IBatchProvider Open(string dialect, Uri baseUrl, params (string Key, string Value)[] settings) =>
        new Accounts().Add("main", dialect, baseUrl, settings)["main"];

    public IBatchProvider this[string name]
    {
        get
        {
            _services ??= new ServiceCollection().AddSingleton(_clock)
                .AddBatchProviders(new ConfigurationBuilder().AddInMemoryCollection(_settings).Build()).BuildServiceProvider();
            return _services.GetRequiredService<BatchProviders>().TryFind(name, out var found)
                ? found
                : throw new KeyNotFoundException(name);
        }
    }

    public Accounts Add(string name, string dialect, Uri baseUrl, params (string Key, string Value)[] settings)
    {
        Set(name, "Dialect", dialect);
        Set(name, "BaseUrl", baseUrl.AbsoluteUri);
        Set(name, "ApiKey", $"sk-secret-of-{name}");
        foreach (var (key, value) in settings)
            Set(name, key, value);
        return this;
    }

    public ValueTask DisposeAsync() => _services?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Set(string name, string key, string value) => _settings[$"Batches:Providers:{name}:{key}"] = value;
}
