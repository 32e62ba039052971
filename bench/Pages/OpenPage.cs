using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Bench.Pages;

/// <summary>One page as a browser has it open: its HTML was read, its circuit lives, and every batch of changes is acknowledged.</summary>
internal sealed partial class OpenPage : IAsyncDisposable
{
    private readonly HubConnection _hub;
    private TaskCompletionSource _changed = New();

    private OpenPage(HubConnection hub)
    {
        _hub = hub;
        hub.On<long, byte[]>("JS.RenderBatch", (batch, _) =>
        {
            Interlocked.Increment(ref _batches);
            Volatile.Read(ref _changed).TrySetResult();
            return hub.SendAsync("OnRenderCompleted", batch, null as string);
        });
        hub.On<string, string>("JS.EndUpdateRootComponents", (_, _) => { });
        hub.On<string>("JS.Error", error => Error = error);
    }

    private long _batches;

    /// <summary>How often it was written anew.</summary>
    public long Batches => Interlocked.Read(ref _batches);

    /// <summary>What the server complained of.</summary>
    public string? Error { get; private set; }

    /// <summary>Asks for the page and makes all of it live that can be.</summary>
    public static async Task<OpenPage> OpenAsync(HttpClient http, string path)
    {
        var html = await http.GetStringAsync(new Uri(path, UriKind.Relative));
        var hub = Connection(new Uri(http.BaseAddress!, "/_blazor"));
        var page = new OpenPage(hub);
        await hub.StartAsync();
        var address = new Uri(http.BaseAddress!, path).AbsoluteUri;
        var circuit = await hub.InvokeAsync<string?>("StartCircuit", http.BaseAddress!.AbsoluteUri, address, "[]", "");
        if (string.IsNullOrEmpty(circuit))
            throw new InvalidOperationException($"No circuit for {path}: {page.Error}");
        var first = page.NextAsync();
        await hub.SendAsync("UpdateRootComponents", Operations(html), "");
        await first.WaitAsync(TimeSpan.FromSeconds(30));
        return page;
    }

    /// <summary>Ends when the page is next written anew.</summary>
    public Task NextAsync()
    {
        var next = New();
        Volatile.Write(ref _changed, next);
        return next.Task;
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static HubConnection Connection(Uri address)
    {
        var builder = new HubConnectionBuilder().WithUrl(address, options =>
        {
            options.SkipNegotiation = true;
            options.Transports = HttpTransportType.WebSockets;
            options.Headers["Origin"] = address.GetLeftPart(UriPartial.Authority);
        });
        builder.Services.AddSingleton<IHubProtocol, BlazorPack>();
        return builder.Build();
    }

    /// <summary>What the framework's own script sends: every part that the page marks as one.</summary>
    private static string Operations(string html)
    {
        var operations = new JsonArray();
        foreach (Match marker in Marker().Matches(html))
        {
            var part = JsonNode.Parse(marker.Groups["json"].Value)!.AsObject();
            if (part["type"]?.GetValue<string>() != "server")
                continue;
            operations.Add(new JsonObject
            {
                ["type"] = "add",
                ["ssrComponentId"] = operations.Count + 1,
                ["marker"] = part,
            });
        }
        return JsonSerializer.Serialize(new JsonObject { ["batchId"] = 1, ["operations"] = operations });
    }

    [GeneratedRegex("<!--Blazor:(?<json>{.*?})-->", RegexOptions.None, 1000)]
    private static partial Regex Marker();
}
