using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace JobTracker.Configuration;

/// <summary>
/// Options are checked in one way: what one option may be stands as attributes on it, what holds between several in the class's
/// <see cref="IValidatableObject"/>. A bad value stops the process at its start, and every one is named by its key.
/// </summary>
public static class CheckedOptions
{
    /// <summary>The options of one section of the configuration.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="section">The section's path, which the messages begin with.</param>
    /// <param name="name">Of named options.</param>
    public static OptionsBuilder<T> AddSection<T>(this IServiceCollection services, string section, string? name = null)
        where T : class =>
        services.AddKnownKeys<T>(section).AddOptions<T>(name).BindConfiguration(section)
            .Configure<IConfiguration>((_, configuration) => ListEntries.Check(typeof(T), configuration.GetSection(section)))
            .Checked(section);

    /// <summary>The options of one section, for what must be known before there are services; they are checked as they are read.</summary>
    /// <exception cref="OptionsValidationException">A value that cannot be.</exception>
    public static T Read<T>(IConfiguration configuration, string section)
        where T : class, new()
    {
        var options = configuration.GetSection(section).Get<T>() ?? new T();
        var verdict = new Checks<T>(Options.DefaultName, section).Validate(Options.DefaultName, options);
        return verdict.Failed ? throw new OptionsValidationException(Options.DefaultName, typeof(T), verdict.Failures) : options;
    }

    /// <summary>Checks options wherever they come from.</summary>
    /// <param name="options">The options.</param>
    /// <param name="key">What the messages begin with.</param>
    public static OptionsBuilder<T> Checked<T>(this OptionsBuilder<T> options, string key)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Services.AddSingleton<IValidateOptions<T>>(new Checks<T>(options.Name, key));
        options.Services.TryAddSingleton<IOptionsFactory<T>, LastGoodOptions<T>>();
        return options.ValidateOnStart();
    }

    private sealed class Checks<T>(string? optionsName, string key) : IValidateOptions<T>
        where T : class
    {
        private static readonly (PropertyInfo Option, ValidationAttribute[] Rules)[] Ruled =
        [
            .. from option in typeof(T).GetProperties()
               let rules = option.GetCustomAttributes<ValidationAttribute>().ToArray()
               where rules.Length > 0
               select (option, rules),
        ];

        public ValidateOptionsResult Validate(string? name, T options)
        {
            if (name != optionsName)
                return ValidateOptionsResult.Skip;
            string[] failures = [.. OfEach(options), .. Between(options)];
            return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
        }

        private IEnumerable<string> Between(T options) =>
            from result in (options as IValidatableObject)?.Validate(new ValidationContext(options)) ?? []
            from member in result.MemberNames
            select Of(member, result.ErrorMessage!);

        private IEnumerable<string> OfEach(T options) =>
            from entry in Ruled
            let context = new ValidationContext(options) { MemberName = entry.Option.Name }
            from rule in entry.Rules
            let result = rule.GetValidationResult(entry.Option.GetValue(options), context)
            where result is not null
            select Of(entry.Option.Name, rule is WithinAttribute ? result.ErrorMessage! : $": {result.ErrorMessage}");

        /// <summary>A message goes on where the key ends: "is 0; it must be …", or ": it …".</summary>
        private string Of(string member, string message) => $"{key}:{member}{(message.StartsWith(':') ? "" : " ")}{message}";
    }
}
