namespace JobTracker.Gateway.Health;

/// <summary>Whether a read and a write would work now.</summary>
public interface IReadiness
{
    /// <summary>Why they would not, in a sentence for anybody; null: they would. Never fails, and takes 3 s at most.</summary>
    Task<string?> FindCauseAsync(CancellationToken cancellation);
}
