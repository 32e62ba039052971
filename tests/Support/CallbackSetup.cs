using System.Net;
using JobTracker.Grains.Callbacks;
using JobTracker.Grains.Callbacks.Delivery;
using JobTracker.Grains.Callbacks.Secrets;
using JobTracker.Grains.Callbacks.Sending;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Support;

/// <summary>The delivery of callbacks as a silo has it, without a silo.</summary>
internal sealed class CallbackSetup : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    /// <param name="clock">The system's when null.</param>
    /// <param name="resolve">Answers for DNS; the machine's resolver when null.</param>
    /// <param name="settings">Keys below <c>Callbacks</c>. 127.0.0.0/8 is allowed unless <c>AllowedNetworks:0</c> says otherwise.</param>
    public CallbackSetup(TimeProvider? clock = null, ResolveHost? resolve = null, params (string Key, string Value)[] settings)
    {
        Dictionary<string, string?> values = new(StringComparer.Ordinal) { ["Callbacks:AllowedNetworks:0"] = "127.0.0.0/8" };
        foreach (var (key, value) in settings)
            values["Callbacks:" + key] = value;
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build())
            .AddSingleton(clock ?? TimeProvider.System)
            .AddLogging();
        if (resolve is not null)
            services.AddSingleton(resolve);
        _provider = services.AddCallbacks().BuildServiceProvider(validateScopes: true);
    }

    public CallbackSender Sender => _provider.GetRequiredService<CallbackSender>();

    public CallbackDispatcher Dispatcher => _provider.GetRequiredService<CallbackDispatcher>();

    public CallbackSecret Secret { get; } = CallbackSecret.Generate();

    public static CallbackMessage Message(string url, int number = 1) => new($"msg_{number}", url, "{\"job_id\":\"job-1\"}"u8.ToArray());

    /// <summary>A resolver that gives the first answer first, and so on; the last one ever after.</summary>
    public static ResolveHost Answering(params string[][] answers)
    {
        var asked = 0;
        return (_, _) =>
        {
            var answer = answers[Math.Min(Interlocked.Increment(ref asked), answers.Length) - 1];
            return Task.FromResult<IPAddress[]>([.. answer.Select(IPAddress.Parse)]);
        };
    }

    public Task<CallbackAttempt> SendAsync(string url, CancellationToken cancellation = default) =>
        Sender.SendAsync(Message(url), new CallbackSecrets(Secret), cancellation);

    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}
