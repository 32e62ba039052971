using System.Net.ServerSentEvents;
using System.Text.Json;
using JobTracker.Tests.Support;
using JobTracker.Tests.Support.Contract;

namespace JobTracker.Tests.Integration.Gateway;

/// <summary>Reads one job's events as they come.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private readonly string _path;
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _events;

    private EventStream(string path, HttpResponseMessage response, Stream body)
    {
        (_path, _response) = (path, response);
        _events = SseParser.Create(body).EnumerateAsync().GetAsyncEnumerator();
    }

    public static async Task<EventStream> OpenAsync(ApiClient api, string id, params (string Name, string Value)[] headers)
    {
        var path = $"/v1/jobs/{id}/events";
        var response = await api.OpenAsync(path, headers);
        Assert.Equal((200, "text/event-stream"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        return new EventStream(path, response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event as its type, id and the status or the job in it; null at the end of the stream.</summary>
    public async Task<string?> NextAsync()
    {
        if (!await _events.MoveNextAsync().AsTask().Soon())
            return null;
        Assert.Null(ApiContract.FaultOfEvent(_path, _events.Current.Data));
        var data = JsonDocument.Parse(_events.Current.Data).RootElement;
        var told = data.TryGetProperty("status", out var status) ? status : data.GetProperty("id");
        return $"{_events.Current.EventType} {_events.Current.EventId} {told.GetString()}";
    }

    public async ValueTask DisposeAsync()
    {
        await _events.DisposeAsync();
        _response.Dispose();
    }
}
