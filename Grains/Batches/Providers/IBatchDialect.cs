using JobTracker.Grains.Batches.Providers.Http;

namespace JobTracker.Grains.Batches.Providers;

/// <summary>
/// A provider's protocol, found by itself in this assembly: a new provider is a new folder with one of these, and no change elsewhere.
/// It needs a constructor without parameters.
/// </summary>
internal interface IBatchDialect
{
    /// <summary>What <c>Batches:Providers:NAME:Dialect</c> says, in lower case.</summary>
    string Name { get; }

    /// <summary>Where the provider is when the configuration names no base URL.</summary>
    Uri DefaultBaseUrl { get; }

    /// <summary>The address all paths of an account are relative to; it ends with a slash.</summary>
    Uri Root(Uri baseUrl);

    /// <summary>What every request of an account carries: its key and its version.</summary>
    void Authorize(HttpClient client, BatchProviderOptions account);

    IBatchProvider Open(ProviderHttp http);
}
