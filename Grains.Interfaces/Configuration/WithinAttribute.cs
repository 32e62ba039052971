using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace JobTracker.Configuration;

/// <summary>
/// The least and the most that an option may be, both allowed unless it says otherwise; a refusal tells the value. A null passes.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WithinAttribute : RangeAttribute
{
    public WithinAttribute(int least, int most)
        : base(least, most)
    {
    }

    public WithinAttribute(double least, double most)
        : base(least, most)
    {
    }

    /// <param name="least">A duration, <c>[d.]hh:mm:ss[.fff]</c>.</param>
    /// <param name="most">As <paramref name="least"/>.</param>
    public WithinAttribute(string least, string most)
        : base(typeof(TimeSpan), least, most) => (ParseLimitsInInvariantCulture, ConvertValueInInvariantCulture) = (true, true);

    /// <summary>What is wrong with a value whose bounds are known at run time alone; null: nothing.</summary>
    public static string? Problem<T>(T value, T least, T most)
        where T : IComparable<T>, IFormattable =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"is {value}; it must be between {least} and {most}.");

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        IsValid(value) ? ValidationResult.Success : new ValidationResult(
            string.Create(CultureInfo.InvariantCulture, $"is {value}; it must be {Bounds()}."));

    private string Bounds() => (MinimumIsExclusive, MaximumIsExclusive) switch
    {
        (false, false) => string.Create(CultureInfo.InvariantCulture, $"between {Minimum} and {Maximum}"),
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"{(MinimumIsExclusive ? "above" : "at least")} {Minimum} and {(MaximumIsExclusive ? "below" : "at most")} {Maximum}"),
    };
}
