namespace JobTracker.Grains.Callbacks.Delivery;

/// <summary>What <see cref="CallbackQueues"/> knows of one host and port of one organization.</summary>
internal sealed class CallbackHost(CallbackOrganization organization, string name)
{
    public CallbackOrganization Organization => organization;

    public string Name => name;

    public Queue<CallbackWork> Waiting { get; } = [];

    /// <summary>Attempts under way.</summary>
    public int Running { get; set; }

    /// <summary>Failures since the last success.</summary>
    public int Failures { get; set; }

    /// <summary>Whether it stands in a line of hosts that may have their next attempt made.</summary>
    public bool IsInLine { get; set; }

    /// <summary>Whether what runs is the one attempt that a failing host gets.</summary>
    public bool IsProbed { get; set; }

    /// <summary>Its place among the failing hosts that are remembered though nothing is owed to them.</summary>
    public LinkedListNode<CallbackHost>? Resting { get; set; }
}
