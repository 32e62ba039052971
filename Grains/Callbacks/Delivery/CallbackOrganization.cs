namespace JobTracker.Grains.Callbacks.Delivery;

/// <summary>What <see cref="CallbackQueues"/> knows of one organization: which of its hosts may have their next attempt made.</summary>
internal sealed class CallbackOrganization(string name)
{
    public string Name => name;

    public CallbackLine Well { get; } = new();

    public CallbackLine Failing { get; } = new();

    /// <summary>Its hosts that are remembered.</summary>
    public int Hosts { get; set; }

    /// <summary>Callbacks that wait.</summary>
    public int Waiting { get; set; }

    /// <summary>Attempts under way.</summary>
    public int Running { get; set; }
}

/// <summary>The hosts of one organization that are served in turn.</summary>
internal sealed class CallbackLine
{
    public Queue<CallbackHost> Hosts { get; } = [];

    /// <summary>Whether the organization stands, for the sake of these hosts, in a line of organizations.</summary>
    public bool IsInLine { get; set; }
}
