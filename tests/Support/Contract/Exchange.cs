namespace JobTracker.Tests.Support.Contract;

/// <summary>A request and its answer, as they were on the wire.</summary>
internal sealed record Exchange
{
    public required string Method { get; init; }

    /// <summary>The path and query as sent.</summary>
    public required string Target { get; init; }

    public IReadOnlyList<(string Name, string Value)> RequestHeaders { get; init; } = [];

    /// <summary>Null where there was none, or where it is compressed.</summary>
    public ReadOnlyMemory<byte>? RequestBody { get; init; }

    public required int Status { get; init; }

    public IReadOnlyList<(string Name, string Value)> AnswerHeaders { get; init; } = [];

    /// <summary>Null where it comes bit by bit, and whoever reads it checks it; where it is compressed, and where there is none.</summary>
    public ReadOnlyMemory<byte>? AnswerBody
    {
        get => AnswerHeaders.Any(header => header.Name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase)) ? null : field;
        init;
    }

    public string Path => Target.Split('?')[0];

    public string Query => Target.Contains('?', StringComparison.Ordinal) ? Target[(Target.IndexOf('?') + 1)..] : "";

    public string? RequestType => MediaType(RequestHeaders);

    public string? AnswerType => MediaType(AnswerHeaders);

    private static string? MediaType(IReadOnlyList<(string Name, string Value)> headers) =>
        headers.Where(header => header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
            .Select(header => header.Value.Split(';')[0].Trim()).FirstOrDefault();
}
