using System.Reflection;
using System.Xml.Linq;
using Colloquy.Sessions;

namespace Colloquy.Architecture;

public sealed class DependencyTests
{
    private static readonly Assembly Contracts = typeof(ISessionGrain).Assembly;
    private static readonly Assembly Grains = typeof(GrainRegistration).Assembly;

    [Fact]
    public void Contracts_know_nothing_but_the_engine() =>
        Assert.Empty(References("Grains.Interfaces/Grains.Interfaces.csproj"));

    [Fact]
    public void Grains_know_contracts_and_model_abstractions_alone() =>
        Assert.Equal(["../Grains.Interfaces/Grains.Interfaces.csproj", "Microsoft.Extensions.AI.Abstractions"],
            References("Grains/Grains.csproj"));

    [Fact]
    public void The_engine_knows_nothing_of_the_product() => Assert.Empty(References("Embedded/Embedded.csproj"));

    [Fact]
    public void The_api_uses_no_grain_storage_or_vendor_of_the_silo()
    {
        var forbidden = Tree.Files(".cs", "Api")
            .SelectMany(file => Tree.Read(file).Split('\n')
                .Where(line => line.StartsWith("using Colloquy.Journals", StringComparison.Ordinal)
                    || line.StartsWith("using OpenAI", StringComparison.Ordinal)
                    || line.StartsWith("using Microsoft.Data.Sqlite", StringComparison.Ordinal)
                    || line.StartsWith("using StackExchange", StringComparison.Ordinal))
                .Select(line => $"{file}: {line}"));
        Assert.Empty(forbidden);
    }

    [Fact]
    public void Grains_have_no_http_configuration_or_vendor()
    {
        var names = Grains.GetReferencedAssemblies().Select(name => name.Name!).ToList();
        Assert.DoesNotContain("System.Net.Http", names);
        Assert.DoesNotContain("Microsoft.Extensions.Configuration", names);
        Assert.DoesNotContain(names, name => name.StartsWith("OpenAI", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_serialized_type_has_a_literal_alias() =>
        Assert.Empty(new[] { Contracts, Grains }.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.GetCustomAttributes().Any(attribute => attribute.GetType().Name == "GenerateSerializerAttribute"))
            .Where(type => !type.GetCustomAttributes().Any(attribute => attribute.GetType().Name == "AliasAttribute"))
            .Select(type => type.FullName));

    [Fact]
    public void Every_grain_interface_and_method_has_an_alias() =>
        Assert.Empty(new[] { Contracts, Grains }.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsInterface && typeof(IAddressable).IsAssignableFrom(type))
            .SelectMany(type => type.GetMethods().Cast<MemberInfo>().Append(type))
            .Where(member => !member.GetCustomAttributes().Any(attribute => attribute.GetType().Name == "AliasAttribute"))
            .Select(member => $"{member.DeclaringType?.Name}.{member.Name}"));

    [Fact]
    public void No_grain_interface_has_more_than_twelve_methods() =>
        Assert.Empty(Contracts.GetTypes().Where(type => type.IsInterface && type.GetMethods().Length > 12).Select(type => type.Name));

    [Fact]
    public void Every_grain_class_has_a_durable_name() =>
        Assert.Empty(Grains.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && typeof(Grain).IsAssignableFrom(type))
            .Where(type => type.GetCustomAttribute<GrainTypeAttribute>() is null).Select(type => type.Name));

    private static IEnumerable<string> References(string project) => XDocument.Parse(Tree.Read(project)).Descendants()
        .Where(element => element.Name.LocalName is "ProjectReference" or "PackageReference")
        .Select(element => element.Attribute("Include")!.Value).Order(StringComparer.Ordinal);
}
