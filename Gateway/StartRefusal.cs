using System.Net.Sockets;
using System.Text.RegularExpressions;
using JobTracker.Configuration;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway;

/// <summary>Which failures of a start are no fault of the program but of what it was told, or where; each is told in one line.</summary>
internal static partial class StartRefusal
{
    private const string Kestrel = "Microsoft.AspNetCore.Server.Kestrel";

    /// <summary>The line, which begins with the setting where there is one; null: the program is at fault.</summary>
    public static string? Of(Exception problem) => Text(problem)?.ReplaceLineEndings(" ");

    private static string? Text(Exception problem) => problem switch
    {
        OptionsValidationException { Failures: var failures } => string.Join(" ", failures.Select(failure => failure.TrimEnd('.') + ".")),
        StartRefusedException => problem.Message,
        // Several sections are wrong at once, or several services ended: one line is enough to begin with.
        AggregateException { InnerExceptions: [var first, ..] } => Text(first),
        // A file of settings that is no JSON: what is wrong, and at which line, says the inner one.
        InvalidDataException => problem.InnerException is { } why ? $"{problem.Message} {why.Message}" : problem.Message,
        InvalidOperationException when Unread().Match(problem.Message) is { Success: true } unread => Unreadable(unread),
        { Source: { } source } when source.StartsWith(Kestrel, StringComparison.Ordinal) => $"urls: {problem.Message}",
        SocketException or IOException or UnauthorizedAccessException => problem.Message,
        _ => null,
    };

    private static string Unreadable(Match unread) =>
        $"{unread.Groups["key"].Value} is '{unread.Groups["value"].Value}'; it must be {Expected(unread.Groups["type"].Value)}.";

    private static string Expected(string type) => type switch
    {
        "System.TimeSpan" => "a duration, [d.]hh:mm:ss[.fff]",
        "System.Boolean" => "true or false",
        "System.Int32" or "System.Int64" => "a whole number",
        "System.Double" => "a number",
        "System.Uri" => "an address, such as https://api.example.org",
        _ => $"a {type}",
    };

    /// <summary>How .NET's binder tells of a text that cannot be read as what the option is.</summary>
    [GeneratedRegex(
        "^Failed to convert configuration value '(?<value>.*)' at '(?<key>[^']+)' to type '(?<type>[^']+)'",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unread();
}
