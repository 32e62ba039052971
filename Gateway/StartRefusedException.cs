namespace JobTracker.Gateway;

/// <summary>What the process was told cannot be: its message is all that whoever started it needs.</summary>
internal sealed class StartRefusedException(string message) : InvalidOperationException(message);
