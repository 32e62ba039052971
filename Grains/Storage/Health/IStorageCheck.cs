namespace JobTracker.Grains.Storage.Health;

/// <summary>Tries whether an engine reads and writes now.</summary>
internal interface IStorageCheck
{
    /// <summary>Reads a job if there is one, asks for room, and commits a row of its own; fails as they fail.</summary>
    Task TryAsync(CancellationToken cancellation);

    /// <summary>What a failure says, in words for anybody: without addresses, names or the driver's text.</summary>
    string CauseOf(Exception problem);
}
