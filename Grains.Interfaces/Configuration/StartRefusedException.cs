namespace JobTracker.Configuration;

/// <summary>What the process was told cannot be: its message, one line, is all that whoever started it needs.</summary>
public class StartRefusedException(string message, Exception? innerException = null)
    : InvalidOperationException(message, innerException);
