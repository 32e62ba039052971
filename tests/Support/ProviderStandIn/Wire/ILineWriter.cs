using System.Buffers;
using JobTracker.Tests.StandIn.Batches;

namespace JobTracker.Tests.StandIn.Wire;

/// <summary>Writes one dialect's result lines, without the line's end.</summary>
internal interface ILineWriter
{
    string ContentType { get; }

    /// <summary>Where the dialect keeps an outcome: the field that a fault breaks.</summary>
    string OutcomeField { get; }

    /// <param name="padding">The bytes of text in a succeeded result; null: as the batch says.</param>
    void Write(BatchItem item, ItemOutcome outcome, IBufferWriter<byte> output, int? padding = null);
}
