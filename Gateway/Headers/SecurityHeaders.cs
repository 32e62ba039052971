using System.Net;
using System.Text;
using JobTracker.Gateway.Cors;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace JobTracker.Gateway.Headers;

/// <summary>
/// What browsers are told with every answer, as OWASP's REST cheat sheet has it: to take it for what it says it is, to run and to frame
/// nothing of it, to tell nobody where it was. An endpoint with content for browsers sets a policy of its own first.
/// </summary>
internal static class SecurityHeaders
{
    private const string ResourcePolicy = "Cross-Origin-Resource-Policy";

    private static readonly (string Name, StringValues Value)[] Always =
    [
        (HeaderNames.XContentTypeOptions, "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        (HeaderNames.XFrameOptions, "DENY"),
        (HeaderNames.ContentSecurityPolicy, "default-src 'none'; frame-ancestors 'none'"),
    ];

    private static readonly StringValues OwnPages = "same-origin";
    private static readonly StringValues AnyPage = "cross-origin";
    private static readonly StringValues AYear = "max-age=31536000";

    /// <summary>For an answer that is written byte by byte, where nobody asks for headers; ends with a line's end.</summary>
    public static ReadOnlySpan<byte> Lines => Written;

    private static readonly byte[] Written = Encoding.ASCII.GetBytes(
        string.Concat(Always.Append((ResourcePolicy, OwnPages)).Select(header => $"{header.Item1}: {header.Item2}\r\n")));

    /// <summary>First of all, and put in last: whoever clears an answer to write another does not take them away.</summary>
    public static void UseSecurityHeaders(this WebApplication app)
    {
        var foreignPages = app.Services.GetService<IOptions<CorsSettings>>()?.Value.Origins is { Length: > 0 };
        Func<object, Task> add = foreignPages
            ? static response => Add((HttpResponse)response, AnyPage)
            : static response => Add((HttpResponse)response, OwnPages);
        app.Use((http, next) =>
        {
            http.Response.OnStarting(add, http.Response);
            return next(http);
        });
    }

    private static Task Add(HttpResponse response, StringValues readers)
    {
        var headers = response.Headers;
        foreach (var (name, value) in Always)
            headers.TryAdd(name, value);
        headers.TryAdd(ResourcePolicy, readers);
        if (response.HttpContext.Request is { IsHttps: true, Host.Host: var host } && !IsThisMachine(host))
            headers.TryAdd(HeaderNames.StrictTransportSecurity, AYear);
        return Task.CompletedTask;
    }

    /// <summary>A browser would ask every other program on this machine for https, too.</summary>
    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host.AsSpan().Trim("[]"), out _);
}
