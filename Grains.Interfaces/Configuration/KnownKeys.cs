using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Configuration;

/// <summary>
/// One key of the configuration that somebody reads. <c>*</c> stands for a name or a number, or for the rest of one; <c>**</c>, at the end,
/// for any keys below.
/// </summary>
public sealed record KnownKey(string Pattern);

/// <summary>
/// Which keys the configuration may have, so that a slip of the pen is refused rather than passed over. What the environment and files have
/// outside of our sections belongs to other programs, unless it is a letter or two away from a key of ours; the command line is ours alone.
/// </summary>
public static class KnownKeys
{
    /// <summary>So many insertions, deletions and replacements make a slip of the pen; two letters that changed places are two.</summary>
    private const int SlipOfThePen = 2;

    private const string AnyBelow = "**";

    /// <summary>A key that is read without options of its own.</summary>
    public static IServiceCollection AddKnownKey(this IServiceCollection services, string key) =>
        services.AddSingleton(new KnownKey(key));

    /// <summary>All that the options of one section bind.</summary>
    public static IServiceCollection AddKnownKeys<T>(this IServiceCollection services, string section)
    {
        foreach (var key in Of(typeof(T), section))
            services.AddKnownKey(key);
        return services;
    }

    /// <summary>What to say of the first key that is not known, with the nearest that is; null: there is none.</summary>
    /// <param name="configuration">All of it.</param>
    /// <param name="known">The keys that somebody reads.</param>
    /// <param name="typed">The keys of the command line.</param>
    public static string? Refusal(IConfiguration configuration, IEnumerable<KnownKey> known, params IEnumerable<string> typed)
    {
        string[][] patterns = [.. known.Select(key => key.Pattern.Split(':'))];
        return (from key in typed.Concat(Suspects(configuration, patterns)).Order(StringComparer.Ordinal)
                let parts = key.Split(':')
                where !patterns.Any(pattern => Fits(parts, pattern))
                select $"{key} is no setting; the nearest is {Nearest(key, [.. Candidates(parts, patterns)])}.")
            .FirstOrDefault();
    }

    /// <summary>A key without a section is compared to the others without theirs.</summary>
    private static string Nearest(string key, string[] known)
    {
        if (key.Contains(':'))
            return Likeness.Nearest(key, known);
        var name = Likeness.Nearest(key, known.Select(NameOf));
        return known.First(candidate => NameOf(candidate) == name);
    }

    private static string NameOf(string key) => key[(key.LastIndexOf(':') + 1)..];

    /// <summary>The keys that only we could be meant by.</summary>
    private static IEnumerable<string> Suspects(IConfiguration configuration, string[][] patterns)
    {
        var roots = patterns.Where(pattern => pattern.Length > 1).Select(pattern => pattern[0])
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return from setting in configuration.AsEnumerable()
               let key = setting.Key.Split(':')
               where setting.Value is not null && key.Length > 1
               where roots.Contains(key[0])
                   || Candidates(key, patterns).Any(known => known.Contains(':') && Likeness.IsNear(setting.Key, known, SlipOfThePen))
               select setting.Key;
    }

    private static IEnumerable<string> Of(Type options, string path) =>
        from option in options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where option.CanWrite || option.PropertyType.IsAssignableTo(typeof(ICollection)) || IsList(option.PropertyType)
        from key in Keys(option.PropertyType, $"{path}:{option.Name}")
        select key;

    /// <summary>A list has a key for each entry; an empty one, in JSON, has the list's own.</summary>
    private static IEnumerable<string> Keys(Type type, string path) =>
        type.IsArray || IsList(type) ? [path, $"{path}:*"]
        : type.IsClass && type != typeof(string) && type != typeof(Uri) ? Of(type, path)
        : [path];

    private static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition().IsAssignableTo(typeof(IEnumerable))
        && !type.IsValueType;

    private static bool Fits(string[] key, string[] pattern) => pattern is [.. var above, AnyBelow]
        ? key.Length > above.Length && Fits(key[..above.Length], above)
        : key.Length == pattern.Length && key.Zip(pattern).All(pair => IsMeant(pair.First, pair.Second));

    private static bool IsMeant(string part, string pattern) => pattern.EndsWith('*')
        ? part.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase)
        : part.Equals(pattern, StringComparison.OrdinalIgnoreCase);

    /// <summary>The known keys, with the names that the given one has where any name may stand; lists without their entries.</summary>
    private static IEnumerable<string> Candidates(string[] key, string[][] patterns) => patterns
        .Where(pattern => !pattern[^1].EndsWith('*'))
        .Select(pattern => string.Join(':', pattern.Select((part, at) => part == "*" && at < key.Length ? key[at] : part)));
}
