namespace JobTracker.Grains.Batches.Providers.Http;

internal static class ApiRoot
{
    /// <summary>
    /// The base URL with exactly one <c>/v1/</c> at its end, whether or not it was written with one: the official SDKs differ in that.
    /// </summary>
    public static Uri V1(Uri baseUrl)
    {
        var address = baseUrl.AbsoluteUri.TrimEnd('/');
        return new Uri(address.EndsWith("/v1", StringComparison.Ordinal) ? $"{address}/" : $"{address}/v1/");
    }
}
