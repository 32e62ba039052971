using JobTracker.Batches;

namespace JobTracker.Gateway.Batches;

/// <summary>A result line that was set aside.</summary>
/// <param name="Attempt">The submission, from 1.</param>
/// <param name="File">The result file of that submission, from 1: openai has one of outputs and one of errors.</param>
/// <param name="Line">From 1.</param>
/// <param name="Reason">Why it was set aside.</param>
/// <param name="Raw">The line, its first 4 KiB at most; bytes that are no UTF-8 are U+FFFD.</param>
internal sealed record QuarantinedLineView(int Attempt, int File, long Line, string Reason, string Raw)
{
    public static QuarantinedLineView Of(QuarantinedLineSnapshot line) =>
        new(line.Place.Attempt, line.Place.File + 1, line.Place.Line, line.Reason, line.Raw);
}
