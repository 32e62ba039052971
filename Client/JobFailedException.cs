namespace JobTracker.Client;

/// <summary>
/// Thrown by a job's work to fail it with a code of one's own; any other exception fails it with the exception's type name as the code.
/// </summary>
public sealed class JobFailedException : Exception
{
    /// <param name="code">1 to 128 characters.</param>
    /// <param name="stopReason"><c>[a-z][a-z0-9_]{0,63}</c>.</param>
    public JobFailedException(string code, string message, string stopReason = "error", Exception? innerException = null)
        : base(message, innerException)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        Code = code;
        StopReason = stopReason;
    }

    public string Code { get; }

    public string StopReason { get; }
}
