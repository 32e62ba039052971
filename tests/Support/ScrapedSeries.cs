namespace JobTracker.Tests.Support;

/// <summary>Series of others' meters that board and alerts ask for; that there are such is seen at a real process.</summary>
internal static class ScrapedSeries
{
    public static readonly string[] OfOthers =
    [
        "http_server_request_duration_seconds_count", "http_server_request_duration_seconds_bucket",
        "dotnet_process_memory_working_set_bytes", "dotnet_process_cpu_time_seconds_total", "dotnet_thread_pool_queue_length_total",
        "db_client_connection_count",
    ];
}
