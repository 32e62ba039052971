using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.StandIn.OpenAi;

/// <summary>One of the two files an ended batch may leave. It exists only if it would have a line.</summary>
internal sealed class ResultFile
{
    private const string OutputPrefix = "file-output-";
    private const string ErrorPrefix = "file-error-";

    private readonly ProviderBatch _batch;
    private readonly bool _isOutput;

    private ResultFile(ProviderBatch batch, bool isOutput) => (_batch, _isOutput) = (batch, isOutput);

    public string Id => (_isOutput ? OutputPrefix : ErrorPrefix) + _batch.Id;

    public string Name => $"{_batch.Id}_{(_isOutput ? "output" : "error")}.jsonl";

    public DateTimeOffset CreatedAt => _batch.Progress.EndedAt!.Value;

    public ResultLines Content => new(_batch, new OpenAiLineWriter(_batch), Belongs);

    public static ResultFile? Output(ProviderBatch batch) => IfAny(new ResultFile(batch, isOutput: true));

    public static ResultFile? Error(ProviderBatch batch) => IfAny(new ResultFile(batch, isOutput: false));

    public static ResultFile? Find(string fileId, BatchBook batches, string apiKey)
    {
        var isOutput = fileId.StartsWith(OutputPrefix, StringComparison.Ordinal);
        if (!isOutput && !fileId.StartsWith(ErrorPrefix, StringComparison.Ordinal))
            return null;
        var batchId = fileId[(isOutput ? OutputPrefix : ErrorPrefix).Length..];
        return batches.Find(batchId, Dialect.OpenAi, apiKey) is { } batch ? IfAny(new ResultFile(batch, isOutput)) : null;
    }

    private static ResultFile? IfAny(ResultFile file) =>
        file._batch.Progress is { Phase: BatchPhase.Ended, Ending: not BatchEnding.Failed } && file.Content.Any() ? file : null;

    private bool Belongs(ItemOutcome outcome) => outcome switch
    {
        ItemOutcome.Succeeded => _isOutput,
        ItemOutcome.Canceled or ItemOutcome.Expired => !_isOutput && !_batch.OmitsUnfinished,
        _ => !_isOutput,
    };
}
