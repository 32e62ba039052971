using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Configuration;

/// <summary>One key of the configuration that somebody reads; <c>*</c> stands for a name or a number.</summary>
public sealed record KnownKey(string Pattern);

/// <summary>
/// Which keys the configuration may have, so that a slip of the pen is refused rather than passed over. Only within sections that have
/// keys here: what else is in the environment belongs to other programs.
/// </summary>
public static class KnownKeys
{
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
    public static string? Refusal(IConfiguration configuration, IEnumerable<KnownKey> known)
    {
        string[][] patterns = [.. known.Select(key => key.Pattern.Split(':')).Where(key => key.Length > 1)];
        var roots = patterns.Select(key => key[0]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return (from setting in configuration.AsEnumerable()
                let key = setting.Key.Split(':')
                where setting.Value is not null && key.Length > 1 && roots.Contains(key[0]) && !patterns.Any(pattern => Fits(key, pattern))
                orderby setting.Key
                select $"{setting.Key} is no setting; the nearest is {Likeness.Nearest(setting.Key, Candidates(key, patterns))}.")
            .FirstOrDefault();
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

    private static bool Fits(string[] key, string[] pattern) => key.Length == pattern.Length
        && key.Zip(pattern).All(pair => pair.Second == "*" || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));

    /// <summary>The known keys, with the names that the given one has where any name may stand; lists without their entries.</summary>
    private static IEnumerable<string> Candidates(string[] key, string[][] patterns) => patterns.Where(pattern => pattern[^1] != "*")
        .Select(
        pattern => string.Join(
            ':', pattern.Select((part, at) => part == "*" && at < key.Length ? key[at] : part)));
}
