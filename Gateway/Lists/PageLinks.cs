using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace JobTracker.Gateway.Lists;

/// <summary>Where the pages before and after a page are, as a <c>Link</c> header (RFC 8288) with paths that keep every filter.</summary>
internal sealed class PageLinks(string path, IQueryCollection parameters)
{
    /// <summary>Null where <paramref name="page"/> is the only one, or empty and nothing was left out of it.</summary>
    /// <param name="reached">The last that was looked at, where the page ends for that; null: it does not.</param>
    public string? Around<T, TId>(
        ImmutableArray<T> page, Func<T, TId> id, bool hasNext, bool hasPrevious, TId? after, TId? before, TId? reached = null)
        where TId : struct
    {
        var isBackwards = before is not null && after is null;
        var first = isBackwards && reached is not null ? reached : page.IsEmpty ? null : (TId?)id(page[0]);
        var last = !isBackwards && reached is not null ? reached : page.IsEmpty ? null : (TId?)id(page[^1]);
        var links = new List<string>(2);
        // Between two cursors the walk stays between them; after a page that was found from behind it goes on past the old cursor.
        if (hasNext && last is not null)
            links.Add(Link("next", last.ToString(), after is null ? null : before?.ToString()));
        if (hasPrevious && first is not null && (after is null || before is null))
            links.Add(Link("prev", null, first.ToString()));
        return links.Count == 0 ? null : string.Join(", ", links);
    }

    /// <summary>The link to what comes after <paramref name="last"/>.</summary>
    public string Next(string last) => Link("next", last, null);

    private string Link(string rel, string? after, string? before)
    {
        var url = new StringBuilder(path);
        var mark = '?';
        foreach (var (name, values) in parameters)
        {
            if (name is "after" or "before")
                continue;
            foreach (var value in values)
                Add(name, value ?? "");
        }
        if (after is not null)
            Add("after", after);
        if (before is not null)
            Add("before", before);
        return string.Create(CultureInfo.InvariantCulture, $"<{url}>; rel=\"{rel}\"");

        void Add(string name, string value)
        {
            url.Append(mark).Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
            mark = '&';
        }
    }
}
