using System.Runtime.InteropServices;

namespace JobTracker.Tests.StandIn.Batches;

/// <summary>What is kept of a submitted request: never its body. <see cref="Model"/> and <see cref="Url"/> are shared strings.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BatchItem(string CustomId, string? Model = null, string? Method = null, string? Url = null);
