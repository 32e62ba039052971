using System.Buffers;

namespace JobTracker.Gateway.Jobs.Exporting;

/// <summary>How an export is written; one for each export.</summary>
internal abstract class ExportForm
{
    public abstract string ContentType { get; }

    public virtual void Begin(IBufferWriter<byte> output)
    {
    }

    public abstract void Write(IBufferWriter<byte> output, JobView job);

    /// <summary>Only where nothing is missing.</summary>
    public virtual void End(IBufferWriter<byte> output, long count)
    {
    }
}
