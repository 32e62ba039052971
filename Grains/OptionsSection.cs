using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace JobTracker.Grains;

/// <summary>Options of one configuration section, checked at start: a value out of range stops the process with a message that names its key.</summary>
public static class OptionsSection
{
    public static OptionsBuilder<T> AddSection<T>(this IServiceCollection services, string section)
        where T : class
    {
        services.AddSingleton<IValidateOptions<T>>(new Ranges<T>(section));
        return services.AddOptions<T>().BindConfiguration(section).ValidateOnStart();
    }

    /// <summary>The ranges that stand as attributes on the properties.</summary>
    private sealed class Ranges<T>(string section) : IValidateOptions<T>
        where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            var problems = new List<ValidationResult>();
            return Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(problems.Select(problem => $"{section}:{problem.MemberNames.FirstOrDefault()}: {problem.ErrorMessage}"));
        }
    }
}
