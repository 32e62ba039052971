namespace JobTracker.Gateway.Requests.Bodies;

/// <summary>
/// How a body may be packed (RFC 9110, 8.4): gzip and br, by ASP.NET's decompression, which passes on what it does not know.
/// </summary>
internal static class ContentCoding
{
    public const string Accepted = "gzip, br";

    private const string Packed = "jobtracker.packed";

    /// <summary>The coding that changes nothing.</summary>
    private const string Identity = "identity";

    public static void AddContentCodings(this IServiceCollection services) => services.AddRequestDecompression(options =>
    {
        options.DecompressionProviders.Remove("deflate");
        // RFC 9110, 8.4.1.3: the same by its old name.
        options.DecompressionProviders["x-gzip"] = options.DecompressionProviders["gzip"];
    });

    /// <summary>Remembers that a coding was there, which the decompression takes out of the headers.</summary>
    public static void UseContentCodings(this IApplicationBuilder app)
    {
        app.Use((http, next) =>
        {
            if (http.Request.Headers.ContentEncoding.Count > 0)
                http.Items[Packed] = true;
            return next(http);
        });
        app.UseRequestDecompression();
    }

    /// <summary>The body is still packed, in a way that nobody here unpacks.</summary>
    public static bool IsUnread(HttpRequest request) =>
        request.Headers.ContentEncoding is { Count: > 0 } codings && !string.Equals(codings, Identity, StringComparison.OrdinalIgnoreCase);

    public static bool WasRead(HttpContext http) => http.Items.ContainsKey(Packed);
}
