using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.Processes.BatchLives;

/// <summary>
/// Draws up to five faults for an account, each on a route where it can
/// happen. All of them pass: a provider that recovers must be believed.
/// </summary>
internal static class FaultDraw
{
    private const int MostFaults = 5;

    /// <summary>Results are read three times before a missing line is believed, so two passes may be spoilt.</summary>
    private const int MostSpoiltPasses = 2;

    private const int MostTimes = 3;
    private const int HugeLineBytes = 2 * LivesSettings.MaxLineBytes;

    private static readonly FaultKind[] Answers =
    [
        FaultKind.TooManyRequests, FaultKind.TooManyRequestsUntilDate, FaultKind.TooManyRequestsUnexplained, FaultKind.InternalError,
        FaultKind.Overloaded,
        FaultKind.HtmlBadGateway, FaultKind.Unauthorized, FaultKind.SlowHeaders, FaultKind.HangMidBody, FaultKind.ResetMidLine,
        FaultKind.EndMidLine, FaultKind.LostAnswer,
    ];

    private static readonly FaultKind[] Objects =
        [FaultKind.ExtraFields, FaultKind.MissingFields, FaultKind.UnknownBatchStatus, FaultKind.UppercaseStatus, FaultKind.Gzip];

    private static readonly FaultKind[] LateFiles = [FaultKind.NoFileIds, FaultKind.NoOutputFileId, FaultKind.NoErrorFileId];

    /// <summary>A cancel that is not taken, whoever refuses it.</summary>
    private static readonly FaultKind[] Refusals = [FaultKind.NotFound, FaultKind.Forbidden, FaultKind.MethodNotAllowed];

    /// <summary>200, and nothing of what was asked for.</summary>
    private static readonly FaultKind[] Nothing = [FaultKind.HtmlPage, FaultKind.EmptyBody];

    private static readonly FaultKind[] Lists = [FaultKind.LaggingList, FaultKind.OddEntries];

    private static readonly FaultKind[] HarmlessLines =
    [
        FaultKind.DuplicateLine, FaultKind.ConflictingLine, FaultKind.UnknownCustomId, FaultKind.ByteOrderMark, FaultKind.CarriageReturns,
        FaultKind.Gzip,
        FaultKind.ExtraFields,
    ];

    /// <summary>The item is in the pass, but what became of it is not said.</summary>
    private static readonly FaultKind[] OddLines = [FaultKind.UnknownResultType, FaultKind.MissingFields];

    private static readonly FaultKind[] SpoiltLines =
    [
        FaultKind.BadLine, FaultKind.NoCustomId, FaultKind.MissingLine, FaultKind.HugeLine, FaultKind.EndMidLine,
        FaultKind.EndOnLineBoundary,
    ];

    public static IReadOnlyList<DrawnFault> Draw(Random random, Dialect dialect, IReadOnlyList<Life> lives)
    {
        List<DrawnFault> drawn = [];
        for (var left = random.Next(MostFaults + 1); left > 0; left--)
            drawn.Add(DrawOne(random, dialect, lives, maySpoil: drawn.Count(SpoilsAPass) < MostSpoiltPasses));
        return drawn;
    }

    /// <summary>Whether an item may come out as unrecognized by it.</summary>
    public static bool HidesAnOutcome(StandInRoute route, FaultKind? kind) =>
        IsResults(route) && kind is { } fault && OddLines.Contains(fault);

    private static bool SpoilsAPass(DrawnFault fault) => IsResults(fault.Route) && SpoiltLines.Contains(fault.Fault.Kind);

    private static bool IsResults(StandInRoute route) => route is StandInRoute.AnthropicResults or StandInRoute.OpenAiContent;

    private static DrawnFault DrawOne(Random random, Dialect dialect, IReadOnlyList<Life> lives, bool maySpoil)
    {
        var route = Pick(random, Routes(dialect, lives));
        var kind = Pick(random, Kinds(route, maySpoil));
        var passing = Answers.Contains(kind) && !SpoiltLines.Contains(kind);
        return new DrawnFault(
            route,
            new Fault(kind)
            {
                RetryAfter = LivesSettings.RetryAfter,
                Delay = DrawDelay(random, kind),
                AtLine = IsResults(route) ? 1 + random.Next(lives.Max(life => life.Items)) : null,
                Bytes = HugeLineBytes,
            },
            passing ? 1 + random.Next(MostTimes) : 1);
    }

    /// <summary>Headers come within the patience for an answer, or beyond it.</summary>
    private static TimeSpan DrawDelay(Random random, FaultKind kind) =>
        kind is FaultKind.SlowHeaders ? LivesSettings.AnswerTimeout * (random.Next(2) == 0 ? 0.2 : 2) : LivesSettings.AbsenceAfter / 2;

    private static StandInRoute[] Routes(Dialect dialect, IReadOnlyList<Life> lives)
    {
        var cancelled = lives.Any(life => life.Ending is LifeEnding.CancelledByUser);
        return dialect is Dialect.Anthropic
            ? [
                StandInRoute.AnthropicCreate, StandInRoute.AnthropicGet, StandInRoute.AnthropicList, StandInRoute.AnthropicResults,
                StandInRoute.AnthropicResults,
                cancelled ? StandInRoute.AnthropicCancel : StandInRoute.AnthropicGet,
            ]
            : [
                StandInRoute.OpenAiUpload, StandInRoute.OpenAiCreate, StandInRoute.OpenAiGet, StandInRoute.OpenAiList,
                StandInRoute.OpenAiContent, StandInRoute.OpenAiContent,
                cancelled ? StandInRoute.OpenAiCancel : StandInRoute.OpenAiGet,
            ];
    }

    private static FaultKind[] Kinds(StandInRoute route, bool maySpoil) => route switch
    {
        StandInRoute.AnthropicResults or StandInRoute.OpenAiContent =>
            [.. Answers.Except(SpoiltLines), FaultKind.NotFound, .. Nothing, .. HarmlessLines, .. OddLines, .. maySpoil ? SpoiltLines : []],
        StandInRoute.OpenAiGet => [.. Answers, FaultKind.NotFound, .. Objects, .. LateFiles],
        StandInRoute.AnthropicGet => [.. Answers, FaultKind.NotFound, .. Objects],
        StandInRoute.AnthropicCancel or StandInRoute.OpenAiCancel => [.. Answers, .. Refusals, .. Objects],
        StandInRoute.AnthropicCreate or StandInRoute.OpenAiCreate => [.. Answers, .. Objects, FaultKind.CarriedOutLate, FaultKind.Conflict],
        StandInRoute.AnthropicList => [.. Answers, .. Lists],
        StandInRoute.OpenAiList => [.. Answers, .. Lists, FaultKind.NullMetadata, FaultKind.NoMarks],
        _ => Answers,
    };

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];
}
