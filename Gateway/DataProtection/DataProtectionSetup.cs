using JobTracker.Configuration;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JobTracker.Gateway.DataProtection;

/// <summary>ASP.NET's Data Protection on keys that all gateways of a cluster share.</summary>
internal static class DataProtectionSetup
{
    private const string ApplicationName = "jobtracker";

    /// <summary>A service of the framework that reads the keys while the host starts: there is no cluster to ask by then.</summary>
    private const string EarlyRead = "DataProtectionHostedService";

    /// <summary>After all that brings Data Protection with it; what does so later must not, or the keys are read too early.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The certificate cannot be read.</exception>
    public static void AddSharedDataProtection(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSection<DataProtectionSettings>(DataProtectionSettings.Section);
        services.AddSingleton<SharedKeys>();
        services.AddSingleton<XmlKeyManager>();
        services.AddSingleton<KeyRing>();
        services.AddHostedService(host => host.GetRequiredService<KeyRing>());
        var protection = services.AddDataProtection().SetApplicationName(ApplicationName);
        services.Replace(ServiceDescriptor.Singleton<IKeyManager, SharedKeyManager>());
        if (CheckedOptions.Read<DataProtectionSettings>(builder.Configuration, DataProtectionSettings.Section).Load() is { } certificate)
            protection.ProtectKeysWithCertificate(certificate);
        services.AddOptions<KeyManagementOptions>().Configure<SharedKeys>((options, keys) =>
        {
            options.XmlRepository = keys;
            // That they are stored as they are is said once, in the documentation, and not at every start.
            options.XmlEncryptor ??= new NullXmlEncryptor();
        });
        foreach (var early in services.Where(service => service.ImplementationType?.Name == EarlyRead).ToArray())
            services.Remove(early);
    }
}
