namespace JobTracker.Tests.StandIn.Faults;

/// <summary>What can go wrong with one answer. <see cref="Fault"/> has the details.</summary>
public enum FaultKind
{
    /// <summary>429 with <c>retry-after</c> in seconds.</summary>
    TooManyRequests,

    /// <summary>429 with <c>retry-after</c> as an HTTP date.</summary>
    TooManyRequestsUntilDate,

    /// <summary>429 without <c>retry-after</c>.</summary>
    TooManyRequestsUnexplained,

    /// <summary>500.</summary>
    InternalError,

    /// <summary>529, Anthropic's "overloaded".</summary>
    Overloaded,

    /// <summary>502 with a proxy's HTML page.</summary>
    HtmlBadGateway,

    /// <summary>404 for something that exists.</summary>
    NotFound,

    /// <summary>400, as for an id that is none.</summary>
    BadRequest,

    /// <summary>401.</summary>
    Unauthorized,

    /// <summary>403.</summary>
    Forbidden,

    /// <summary>405, as a proxy gives for a route it does not let through.</summary>
    MethodNotAllowed,

    /// <summary>409; of a create, that its file is still being processed.</summary>
    Conflict,

    /// <summary>200 with a maintenance page.</summary>
    HtmlPage,

    /// <summary>200 with nothing.</summary>
    EmptyBody,

    /// <summary>The answer begins only after <see cref="Fault.Delay"/> of the stand-in's clock.</summary>
    SlowHeaders,

    /// <summary>The answer stops in the middle and nothing more comes; the connection stays open.</summary>
    HangMidBody,

    /// <summary>The connection is reset in the middle of a line.</summary>
    ResetMidLine,

    /// <summary>The answer ends as if complete, in the middle of a line.</summary>
    EndMidLine,

    /// <summary>The answer ends as if complete, after a whole line.</summary>
    EndOnLineBoundary,

    /// <summary>One result line is not JSON.</summary>
    BadLine,

    /// <summary>One result line comes twice.</summary>
    DuplicateLine,

    /// <summary>One result line comes twice, the second time with another outcome.</summary>
    ConflictingLine,

    /// <summary>One more result line, for a custom_id nobody submitted.</summary>
    UnknownCustomId,

    /// <summary>One result line has no <c>custom_id</c>.</summary>
    NoCustomId,

    /// <summary>One result line is left out.</summary>
    MissingLine,

    /// <summary>One result line has <see cref="Fault.Bytes"/> bytes of text.</summary>
    HugeLine,

    /// <summary>The body begins with a byte order mark.</summary>
    ByteOrderMark,

    /// <summary>Lines end with CR LF.</summary>
    CarriageReturns,

    /// <summary>The body is gzip, whether asked for or not.</summary>
    Gzip,

    /// <summary>The batch has a status no one has heard of.</summary>
    UnknownBatchStatus,

    /// <summary>The batch's status is in capitals.</summary>
    UppercaseStatus,

    /// <summary>The batch names none of its result files yet; or not yet the first, or the second of them.</summary>
    NoFileIds,
    NoOutputFileId,
    NoErrorFileId,

    /// <summary>One result line has an outcome no one has heard of.</summary>
    UnknownResultType,

    /// <summary>The batch (or one result line) has fields no one has heard of.</summary>
    ExtraFields,

    /// <summary>The batch has neither counts nor dates, or one result line no outcome.</summary>
    MissingFields,

    /// <summary>The body comes byte by byte, each after <see cref="Fault.Delay"/>.</summary>
    Trickle,

    /// <summary>The request is carried out, but the connection breaks before the answer.</summary>
    LostAnswer,

    /// <summary>The connection breaks, and a create is carried out only after <see cref="Fault.Delay"/> of the stand-in's clock.</summary>
    CarriedOutLate,

    /// <summary>A list leaves out batches younger than <see cref="Fault.Delay"/> of the stand-in's clock.</summary>
    LaggingList,

    /// <summary>A list shows every batch with <c>"metadata": null</c>.</summary>
    NullMetadata,

    /// <summary>A list shows every batch with neither metadata nor <c>input_file_id</c>.</summary>
    NoMarks,

    /// <summary>A list has entries that can be no batch: an id with dots, no id, null, a number.</summary>
    OddEntries,

    /// <summary>
    /// The request is not carried out; it is answered with <see cref="Fault.Status"/> and <see cref="Fault.Body"/>, byte by byte.
    /// </summary>
    GivenAnswer,

    /// <summary>One result line is <see cref="Fault.Body"/>, byte by byte.</summary>
    GivenLine,
}
