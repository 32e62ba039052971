namespace JobTracker.Tests.StandIn.Batches;

/// <summary>How one request of a batch ends.</summary>
public abstract record ItemOutcome
{
    private ItemOutcome()
    {
    }

    /// <summary>An answer of the model (HTTP 200 inside OpenAI's output file).</summary>
    public static ItemOutcome Succeeds { get; } = new Succeeded();

    public static ItemOutcome Cancels { get; } = new Canceled();

    public static ItemOutcome Expires { get; } = new Expired();

    /// <summary>No line for it, in whatever state the batch ends.</summary>
    public static ItemOutcome Vanishes { get; } = new NoLine();

    /// <summary>A refusal by the model's API, e.g. (400, "invalid_request_error", "...").</summary>
    public static ItemOutcome Fails(
        int status = 400, string type = "invalid_request_error", string message = "max_tokens: Field required") =>
        new Errored(status, type, message);

    public sealed record Succeeded : ItemOutcome;

    public sealed record Errored(int Status, string Type, string Message) : ItemOutcome;

    public sealed record Canceled : ItemOutcome;

    public sealed record Expired : ItemOutcome;

    public sealed record NoLine : ItemOutcome;
}
