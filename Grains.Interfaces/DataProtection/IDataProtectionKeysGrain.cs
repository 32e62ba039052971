using System.Collections.Immutable;

namespace JobTracker.DataProtection;

/// <summary>
/// The keys of ASP.NET's Data Protection, by which the cookies of one gateway are read by all. There is one, with the key
/// <see cref="Key"/>. What is in the elements is the gateways' matter: they may be encrypted.
/// </summary>
[Alias("jobtracker.IDataProtectionKeysGrain")]
public interface IDataProtectionKeysGrain : IGrainWithStringKey
{
    const string Key = "data-protection";

    /// <summary>All XML elements, in the order in which they came.</summary>
    [Alias("List")]
    Task<ImmutableArray<string>> ListAsync();

    /// <summary>
    /// Keeps one more, for good. One that is there already changes nothing. False: it is longer than 65,536 characters, or there are 1,000.
    /// </summary>
    [Alias("Add")]
    Task<bool> AddAsync(string element);
}
