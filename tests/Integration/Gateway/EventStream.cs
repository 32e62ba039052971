using System.Net.ServerSentEvents;
using System.Text.Json;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Gateway;

/// <summary>Reads one job's events as they come.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _events;

    private EventStream(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _events = SseParser.Create(body).EnumerateAsync().GetAsyncEnumerator();
    }

    public static async Task<EventStream> OpenAsync(ApiClient api, string id, params (string Name, string Value)[] headers)
    {
        var response = await api.OpenAsync($"/v1/jobs/{id}/events", headers);
        Assert.Equal((200, "text/event-stream"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        return new EventStream(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event as its type, id and the status or the job in it; null at the end of the stream.</summary>
    public async Task<string?> NextAsync()
    {
        if (!await _events.MoveNextAsync().AsTask().Soon())
            return null;
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
