using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace JobTracker.Pages.Shell;

/// <summary>
/// What browsers load beside the pages: files in this assembly, each under an address that has the hash of its content, so that a browser
/// keeps it for ever and two versions of a gateway beside each other never mix.
/// </summary>
public static class PageAssets
{
    private const string Folder = "assets/";
    private const string Forever = "public, max-age=31536000, immutable";

    private static readonly FrozenDictionary<string, Asset> ByName =
        typeof(PageAssets).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => Asset.Read(name, name[Folder.Length..]))
            .ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Asset> ByPath =
        ByName.Values.ToFrozenDictionary(asset => asset.Path, StringComparer.Ordinal);

    /// <summary>Where the file is.</summary>
    /// <exception cref="KeyNotFoundException">There is no such file.</exception>
    public static string PathOf(string name) => ByName[name].Path;

    /// <summary>Served to anybody: there is nothing of anybody in them.</summary>
    public static void MapPageAssets(this IEndpointRouteBuilder app) => app
        .MapGet("/ui/assets/{hash}/{name}", (HttpContext http) => ByPath.TryGetValue(http.Request.Path.Value ?? "", out var asset)
            ? SendAsync(http, asset)
            : Results.NotFound().ExecuteAsync(http))
        .AllowAnonymous().ExcludeFromDescription();

    private static async Task SendAsync(HttpContext http, Asset asset)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = Forever;
        headers.Vary = HeaderNames.AcceptEncoding;
        http.Response.ContentType = asset.Type;
        var isPacked = http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        if (isPacked)
            headers.ContentEncoding = "br";
        var body = isPacked ? asset.Brotli : asset.Plain;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    private sealed record Asset(string Name, string Path, string Type, byte[] Plain)
    {
        private readonly Lazy<byte[]> _brotli = new(() => Pack(Plain));

        public byte[] Brotli => _brotli.Value;

        public static Asset Read(string resource, string name)
        {
            using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream(resource)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            var hash = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8));
            return new Asset(name, $"/ui/assets/{hash}/{name}", TypeOf(name), bytes);
        }

        private static string TypeOf(string name) => System.IO.Path.GetExtension(name) switch
        {
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            var other => throw new InvalidOperationException($"A file of an unknown type: {other}."),
        };

        private static byte[] Pack(byte[] plain)
        {
            using var packed = new MemoryStream();
            using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
                brotli.Write(plain);
            return packed.ToArray();
        }
    }
}
