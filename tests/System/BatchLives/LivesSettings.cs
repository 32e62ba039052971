using System.Globalization;
using JobTracker.Tests.StandIn;
using JobTracker.Tests.StandIn.Batches;

namespace JobTracker.Tests.Processes.BatchLives;

/// <summary>The settings of a silo whose batches live fast.</summary>
internal static class LivesSettings
{
    public const int MaxLineBytes = 16 << 10;

    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(3);
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>A create is carried out, and a list tells of it, within half of it.</summary>
    public static readonly TimeSpan AbsenceAfter = TimeSpan.FromSeconds(5);

    public static string[] For(IReadOnlyList<Account> accounts, ProviderStandIn provider) =>
    [
        // Of a cluster whose silos are killed all the time, what the product says is of interest.
        "--Logging:LogLevel:Orleans=None",
        "--Logging:LogLevel:Polly=None",
        "--Batches:Lease=00:00:03",
        "--Batches:Transfers=32",
        "--Batches:ChunkLines=7",
        "--Batches:PollerInterval=00:00:00.2",
        "--Batches:NudgeInterval=00:00:01",
        "--Batches:PollFirst=00:00:00.3",
        "--Batches:PollMin=00:00:00.3",
        "--Batches:PollMax=00:00:01",
        "--Batches:PollBriefMin=00:00:00.3",
        "--Batches:PollBriefMax=00:00:00.6",
        "--Batches:BackoffMin=00:00:00.3",
        "--Batches:BackoffMax=00:00:01",
        "--Batches:AttentionInterval=00:00:01",
        $"--Batches:AbsenceAfter={AbsenceAfter:c}",
        "--Batches:AbsenceGap=00:00:00.3",
        "--Batches:PassPause=00:00:00.3",
        "--Batches:PassPauseMax=00:00:01",
        "--Batches:PassesFor=00:00:30",
        .. accounts.SelectMany(account => For(account, provider)),
    ];

    private static IEnumerable<string> For(Account account, ProviderStandIn provider)
    {
        var section = $"--Batches:Providers:{account.Name}";
        yield return $"{section}:Dialect={(account.Dialect is Dialect.Anthropic ? "anthropic" : "openai")}";
        yield return $"{section}:BaseUrl={(account.Dialect is Dialect.Anthropic ? provider.BaseUrl : provider.OpenAiUrl)}";
        yield return $"{section}:ApiKey={account.Key}";
        yield return $"{section}:AnswerTimeout={AnswerTimeout:c}";
        yield return $"{section}:CreateTimeout={AnswerTimeout:c}";
        yield return $"{section}:ReadIdleTimeout={AnswerTimeout:c}";
        yield return $"{section}:CircuitBreak=00:00:01";
        yield return string.Create(CultureInfo.InvariantCulture, $"{section}:MaxLineBytes={MaxLineBytes}");
    }
}
