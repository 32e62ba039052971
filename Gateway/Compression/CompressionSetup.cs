using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace JobTracker.Gateway.Compression;

/// <summary>Answers are compressed by ASP.NET's own middleware, with gzip or br, when a client asks.</summary>
internal static class CompressionSetup
{
    public static void AddAnswerCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            // What an attacker would need to read a secret by its size is kept out below, on HTTP and HTTPS alike.
            options.EnableForHttps = true;
            options.MimeTypes = ["application/json", "application/problem+json"];
        });
        services.AddSingleton<IResponseCompressionProvider, AnswerCompression>();
    }
}

/// <summary>
/// What may be compressed: JSON that is neither a secret (its size would tell of it) nor tagged. A strong entity tag names octets, and
/// compressed ones are others (RFC 9110, 8.8.3.3). Streams are of other media types: they would wait for a block to fill.
/// </summary>
internal sealed class AnswerCompression(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
    : ResponseCompressionProvider(services, options)
{
    public override bool ShouldCompressResponse(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var headers = context.Response.Headers;
        return headers.ETag.Count == 0
            && !headers.CacheControl.ToString().Contains(CacheControlHeaderValue.NoStoreString, StringComparison.OrdinalIgnoreCase)
            && base.ShouldCompressResponse(context);
    }
}
