using System.Net.Http.Headers;
using JobTracker.Grains.Batches.Providers.Http;

namespace JobTracker.Grains.Batches.Providers.OpenAI;

/// <summary>OpenAI's Batch API, and the endpoints of others that speak it (Azure's and Groq's) by their base URL.</summary>
internal sealed class OpenAIDialect : IBatchDialect
{
    public string Name => "openai";

    public Uri DefaultBaseUrl => new("https://api.openai.com/v1");

    public Uri Root(Uri baseUrl) => ApiRoot.V1(baseUrl);

    public void Authorize(HttpClient client, BatchProviderOptions account) =>
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", account.ApiKey);

    public IBatchProvider Open(ProviderHttp http) => new OpenAIProvider(http);
}
