using System.Text.Json.Nodes;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.StandIn.OpenAi;

/// <summary>OpenAI's files, as far as batches need them: https://platform.openai.com/docs/api-reference/files.</summary>
internal sealed class OpenAiFilesApi(FileShelf files, BatchBook batches, TimeProvider clock)
{
    public void Map(IEndpointRouteBuilder app)
    {
        foreach (var group in OpenAiAccess.Groups(app, "files"))
        {
            group.MapPost("", UploadAsync).WithMetadata(new RouteMark(StandInRoute.OpenAiUpload));
            group.MapGet("/{id}", Get).WithMetadata(new RouteMark(StandInRoute.OpenAiFile));
            group.MapDelete("/{id}", Delete).WithMetadata(new RouteMark(StandInRoute.OpenAiFile));
            group.MapGet("/{id}/content", Content).WithMetadata(new RouteMark(StandInRoute.OpenAiContent));
        }
    }

    private async Task<IResult> UploadAsync(HttpContext context, CancellationToken cancellation)
    {
        try
        {
            var form = await UploadForm.ReadAsync(context.Request, cancellation);
            var file = new InputFile
            {
                Id = files.NewId(),
                ApiKey = Caller.ApiKey(context.Request),
                Name = form.FileName,
                Purpose = form.Purpose,
                Bytes = form.Bytes,
                CreatedAt = clock.GetUtcNow(),
                Items = form.Lines.Items,
                Errors = form.Lines.Finish(),
            };
            files.Add(file);
            return View(file.Id, file.Name, file.Purpose, file.Bytes, file.CreatedAt);
        }
        catch (RefusedException refused)
        {
            return refused.Refusal;
        }
    }

    private IResult Get(HttpContext context, string id)
    {
        var apiKey = Caller.ApiKey(context.Request);
        if (files.Find(id, apiKey) is { } input)
            return View(input.Id, input.Name, input.Purpose, input.Bytes, input.CreatedAt);
        return ResultFile.Find(id, batches, apiKey) is { } result
            ? View(result.Id, result.Name, "batch_output", result.Content.CountBytes(), result.CreatedAt)
            : OpenAiRefusals.NoSuchFile(id);
    }

    private IResult Content(HttpContext context, string id)
    {
        var apiKey = Caller.ApiKey(context.Request);
        if (files.Find(id, apiKey) is not null)
            return OpenAiRefusals.Invalid("The stand-in keeps no input files.");
        return ResultFile.Find(id, batches, apiKey)?.Content is { } content ? content : OpenAiRefusals.NoSuchFile(id);
    }

    private IResult Delete(HttpContext context, string id) =>
        files.Find(id, Caller.ApiKey(context.Request)) is not null && files.Remove(id)
            ? new JsonAnswer(new JsonObject { ["id"] = id, ["object"] = "file", ["deleted"] = true })
            : OpenAiRefusals.NoSuchFile(id);

    private static JsonAnswer View(string id, string name, string purpose, long bytes, DateTimeOffset createdAt) => new(new JsonObject
    {
        ["id"] = id,
        ["object"] = "file",
        ["bytes"] = bytes,
        ["created_at"] = createdAt.ToUnixTimeSeconds(),
        ["expires_at"] = null,
        ["filename"] = name,
        ["purpose"] = purpose,
        ["status"] = "processed",
        ["status_details"] = null,
    });
}
