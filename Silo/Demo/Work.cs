namespace JobTracker.Silo.Demo;

/// <summary>One type of job: what is said of it when it is made, while it runs and when it fails.</summary>
/// <param name="JobType">As it stands in the job.</param>
/// <param name="Unit">What its progress counts.</param>
/// <param name="Units">How many of them there are at least and at most.</param>
/// <param name="Tags">What its jobs are tagged with.</param>
/// <param name="Metadata">A JSON object, with a number of its own.</param>
/// <param name="Faults">The code and the message of what goes wrong.</param>
internal sealed record Work(
    string JobType, string Unit, (int Least, int Most) Units, string[] Tags, Func<int, string> Metadata,
    (string Code, string Message)[] Faults)
{
    /// <summary>All that there are.</summary>
    public static readonly Work[] All =
    [
        new("report", "pages", (4, 40), ["team:finance"],
            number => $$"""{"source_id":"orders-{{number}}","title":"Revenue by region","format":"{{Odd(number, "pdf", "xlsx")}}"}""",
            [("query_timeout", "The warehouse did not answer within 60 s."), ("no_data", "There are no orders in this period.")]),
        new("agent_run", "steps", (3, 15), ["team:support", "llm"],
            number => $$"""{"source_id":"ticket-{{number}}","model":"{{Odd(number, "claude-sonnet-4-5", "gpt-5-mini")}}"}""",
            [("rate_limited", "The model answered 429 five times in a row."), ("tool_failed", "The tool search_orders answered 502.")]),
        new("embedding", "chunks", (80, 900), ["team:search", "llm"],
            number => $$"""{"source_id":"handbook-{{number}}.md","model":"text-embedding-3-small","dimensions":1536}""",
            [("input_too_long", "Chunk 17 has 9,204 tokens; 8,192 are allowed.")]),
        new("import", "rows", (1_200, 60_000), ["team:data"],
            number => $$"""{"source_id":"customers-{{number}}.csv","bucket":"incoming","delimiter":"{{Odd(number, ";", ",")}}"}""",
            [("bad_row", "Row 1,204: 'n/a' is no date."), ("file_missing", "The file is not in the bucket any more.")]),
        new("thumbnail", "sizes", (2, 5), ["team:web"],
            number => $$"""{"source_id":"IMG_{{number}}.jpg","sizes":[128,512,1024]}""",
            [("not_an_image", "The file begins with no known signature.")]),
    ];

    /// <summary>Null: no job of the demonstration's.</summary>
    public static Work? Of(string jobType) => Array.Find(All, work => work.JobType == jobType);

    private static string Odd(int number, string odd, string even) => number % 2 == 1 ? odd : even;
}
