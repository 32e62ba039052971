using Microsoft.Extensions.Logging;

namespace JobTracker.Tests.Support.Logs;

/// <summary>Something that was logged; an exception is part of its text.</summary>
internal sealed record LogLine(LogLevel Level, string Category, int EventId, string Text);
