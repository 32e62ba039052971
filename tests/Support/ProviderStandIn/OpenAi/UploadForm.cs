using JobTracker.Tests.StandIn.Wire;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace JobTracker.Tests.StandIn.OpenAi;

/// <summary>The multipart form of an upload, read in one pass: its parts may come in any order.</summary>
internal sealed class UploadForm
{
    public InputLines Lines { get; } = new();

    public string Purpose { get; private set; } = "";

    public string FileName { get; private set; } = "";

    public long Bytes { get; private set; }

    /// <exception cref="RefusedException">Not a form, no file, no purpose, or a batch file that is not named <c>.jsonl</c>.</exception>
    public static async Task<UploadForm> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.Boundary.Length == 0)
            throw Refused("The request must be multipart/form-data.");
        var form = new UploadForm();
        var reader = new MultipartReader(HeaderUtilities.RemoveQuotes(type.Boundary).ToString(), request.Body);
        while (await reader.ReadNextSectionAsync(cancellation) is { } section)
            await form.AddAsync(section, cancellation);
        return form.Checked();
    }

    private async Task AddAsync(MultipartSection section, CancellationToken cancellation)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
            throw Refused("A part of the form has no Content-Disposition.");
        switch (HeaderUtilities.RemoveQuotes(disposition.Name).ToString())
        {
            case "purpose":
                Purpose = await section.ReadAsStringAsync(cancellation);
                break;
            case "file":
                FileName = HeaderUtilities.RemoveQuotes(disposition.FileName).ToString();
                Bytes = await InputScan.ReadAsync(section.Body, Lines, cancellation);
                break;
        }
    }

    private UploadForm Checked()
    {
        if (FileName.Length == 0)
            throw Refused("'file' is a required property", "file");
        if (Purpose.Length == 0)
            throw Refused("'purpose' is a required property", "purpose");
        if (Purpose == "batch" && !FileName.EndsWith(".jsonl", StringComparison.Ordinal))
            throw Refused("Invalid file format for Batch API. Must be .jsonl");
        return this;
    }

    private static RefusedException Refused(string message, string? param = null) => new(OpenAiRefusals.Invalid(message, param));
}
