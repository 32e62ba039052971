
namespace JobTracker.Gateway.Methods;

/// <summary>HEAD wherever GET is (RFC 9110, 9.3.2): the same endpoint, whose body the server leaves out.</summary>
internal static class HeadRequests
{
    private static readonly HttpMethodMetadata GetAndHead = new([HttpMethods.Get, HttpMethods.Head]);

    public static T AnswersHead<T>(this T endpoints)
        where T : IEndpointConventionBuilder
    {
        endpoints.Finally(endpoint =>
        {
            if (endpoint.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault() is { HttpMethods: [var only] } && HttpMethods.IsGet(only))
                endpoint.Metadata.Add(GetAndHead);
        });
        return endpoints;
    }
}
