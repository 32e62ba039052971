using JobTracker.Grains.Batches.Providers.Http;

namespace JobTracker.Grains.Batches.Providers.Anthropic;

/// <summary>Anthropic's Message Batches.</summary>
internal sealed class AnthropicDialect : IBatchDialect
{
    private const string DefaultVersion = "2023-06-01";

    public string Name => "anthropic";

    public Uri DefaultBaseUrl => new("https://api.anthropic.com");

    public Uri Root(Uri baseUrl) => ApiRoot.V1(baseUrl);

    public void Authorize(HttpClient client, BatchProviderOptions account)
    {
        client.DefaultRequestHeaders.Add("x-api-key", account.ApiKey);
        client.DefaultRequestHeaders.Add("anthropic-version", account.ApiVersion ?? DefaultVersion);
    }

    public IBatchProvider Open(ProviderHttp http) => new AnthropicProvider(http);
}
