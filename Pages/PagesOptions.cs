using JobTracker.Configuration;

namespace JobTracker.Pages;

/// <summary>The pages for people. Section <c>Pages</c>.</summary>
public sealed class PagesOptions
{
    public const string Section = "Pages";

    /// <summary>Whether they are served, at /ui.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Live pages that may be open on this gateway; those beyond are readable, and say that they are not live.</summary>
    [Within(1, 1_000_000)]
    public int OpenPages { get; set; } = 2_000;

    /// <summary>Live pages that one organization may have open on this gateway.</summary>
    [Within(1, 1_000_000)]
    public int OrganizationOpenPages { get; set; } = 500;
}
