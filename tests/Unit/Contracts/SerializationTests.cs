using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace JobTracker.Tests.Unit.Contracts;

public sealed class SerializationTests
{
    private static readonly Serializer Wire = new ServiceCollection()
        .AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    public static TheoryData<Type> Concrete => [.. ContractSamples.Concrete];

    [Theory]
    [MemberData(nameof(Concrete))]
    public void Every_contract_crosses_the_wire_whole(Type type)
    {
        var sent = ContractSamples.Of(type);
        var received = Wire.Deserialize<object>(Wire.SerializeToArray(sent));
        Assert.IsType(type, received);
        Assert.Equal(Text(sent), Text(received));
    }

    [Theory]
    [MemberData(nameof(Concrete))]
    public void A_contract_with_nothing_set_crosses_too(Type type)
    {
        if (type.IsSubclassOf(typeof(Exception)) || type.GetConstructor([]) is null)
            return;
        var sent = Activator.CreateInstance(type)!;
        Assert.IsType(type, Wire.Deserialize<object>(Wire.SerializeToArray(sent)));
    }

    [Fact]
    public void Every_contract_has_an_alias_of_our_own_and_no_two_share_one()
    {
        var aliases = ContractSamples.Contracts.ToDictionary(
            type => type, type => type.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias);
        Assert.All(
            aliases, contract => Assert.StartsWith("jobtracker.", contract.Value ?? $"none on {contract.Key}", StringComparison.Ordinal));
        Assert.Equal(aliases.Values, aliases.Values.Distinct());
    }

    [Fact]
    public void Every_grain_interface_and_method_has_an_alias_that_is_its_own()
    {
        var interfaces = typeof(JobTracker.Jobs.IJobGrain).Assembly.GetTypes()
            .Where(type => type.IsInterface && type.IsAssignableTo(typeof(IAddressable))).ToList();
        Assert.NotEmpty(interfaces);
        Assert.Equal(interfaces.Count, interfaces.Select(type => type.GetCustomAttribute<AliasAttribute>()?.Alias)
            .OfType<string>().Distinct().Count());
        Assert.All(interfaces, type =>
        {
            var methods = type.GetMethods().Select(method => method.GetCustomAttribute<AliasAttribute>()?.Alias).ToList();
            Assert.DoesNotContain(null, methods);
            Assert.Equal(methods, methods.Distinct());
        });
    }

    /// <summary>Ids are the wire: none twice in a type, its bases included where Orleans numbers them apart.</summary>
    [Fact]
    public void Every_member_of_a_contract_has_an_id_and_no_two_share_one() => Assert.All(
        ContractSamples.Contracts.Where(type => !type.IsEnum && !type.IsSubclassOf(typeof(Exception))),
        type =>
        {
            const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;
            var ids = type.GetProperties(Own)
                .Where(property => property.CanWrite).Select(property => property.GetCustomAttribute<IdAttribute>()?.Id).ToList();
            Assert.DoesNotContain(null, ids);
            Assert.Equal(ids, ids.Distinct());
        });

    /// <summary>
    /// Immutable arrays compare by reference; their text compares by content. Of an exception its message is all that matters.
    /// </summary>
    private static string Text(object value) =>
        value is Exception problem ? $"{value.GetType()}: {problem.Message}" : JsonSerializer.Serialize(value, value.GetType());
}
