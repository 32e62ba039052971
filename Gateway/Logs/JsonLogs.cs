using JobTracker.Gateway.Auth;
using JobTracker.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;

namespace JobTracker.Gateway.Logs;

/// <summary>Logs as one JSON object a line, where <c>Logging:Json</c> is on.</summary>
internal static class JsonLogs
{
    public const string Setting = "Logging:Json";

    public static void AddJsonLogs(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<LogSubjects>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        if (!builder.Configuration.GetValue<bool>(Setting))
            return;
        builder.Logging.AddConsole(console => console.FormatterName = JsonLineFormatter.FormatterName)
            .AddConsoleFormatter<JsonLineFormatter, ConsoleFormatterOptions>();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddHostedService<RequestSubjects>();
    }

    /// <summary>Tells the log whose request is under way.</summary>
    private sealed class RequestSubjects(LogSubjects subjects, IHttpContextAccessor requests) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            subjects.Add(() => requests.HttpContext is { } http ? Of(http) : null);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        private static LogSubject Of(HttpContext http) =>
            new(http.Request.RouteValues["id"] as string, (http.User.Identity as CallerIdentity)?.Caller.OrganizationId);
    }
}
