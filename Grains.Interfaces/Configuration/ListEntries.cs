using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace JobTracker.Configuration;

/// <summary>The entries of lists: .NET's binder passes over those that it cannot read, where it refuses every other value.</summary>
internal static class ListEntries
{
    /// <exception cref="InvalidOperationException">An entry cannot be read; told as the binder tells of other values.</exception>
    public static void Check(Type options, IConfigurationSection section)
    {
        foreach (var option in options.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (EntryOf(option.PropertyType) is { } type)
                Check(type, section.GetSection(option.Name).GetChildren());
        }
    }

    private static void Check(Type type, IEnumerable<IConfigurationSection> entries)
    {
        var converter = TypeDescriptor.GetConverter(type);
        foreach (var entry in entries.Where(entry => entry.Value is not null))
        {
            try
            {
                converter.ConvertFromInvariantString(entry.Value!);
            }
            catch (Exception problem)
            {
                throw new InvalidOperationException(
                    $"Failed to convert configuration value '{entry.Value}' at '{entry.Path}' to type '{type}'.", problem);
            }
        }
    }

    /// <summary>Of an array, or of a list; null: it is neither, or of texts, which all can be read.</summary>
    private static Type? EntryOf(Type type) =>
        (type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.GetGenericArguments() is [var entry]
            && type.IsAssignableTo(typeof(IEnumerable<>).MakeGenericType(entry)) ? entry
        : null) is { } found && found != typeof(string) ? found : null;
}
