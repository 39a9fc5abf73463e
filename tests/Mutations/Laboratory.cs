using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using Xunit.Sdk;

namespace Colloquy.Mutations;

/// <summary>Compiles the pure part of panels and its tests, in memory, and runs the tests.</summary>
/// <remarks>
/// The two assemblies have names that the product opens its internals to, so that they see the rest of it as it is. Whatever is
/// compiled here hides what the product has under the same name. The tests are compiled once, the mutated part for every mutant.
/// </remarks>
internal sealed class Laboratory
{
    private const string Product = "Colloquy.Grains.Tests";
    private const string Tests = "Colloquy.Simulation";

    private const string Usings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Threading; global using System.Threading.Tasks;";

    /// <summary>Tests see the product that is not mutated under a name of its own, or they would not know which one is meant.</summary>
    private const string TestUsings =
        $"extern alias whole; {Usings} global using Xunit; global using JournalJson = whole::Colloquy.Journals.JournalJson; "
        + "namespace Colloquy.Journals { internal static class Aside; }";

    /// <summary>Parts of the platform that neither panels nor their tests use: each costs time in every compilation.</summary>
    private static readonly string[] _unused = ["Microsoft.AspNetCore", "Microsoft.Extensions", "Microsoft.CodeAnalysis",
        "Microsoft.VisualBasic"];

    private readonly CSharpParseOptions _language = new(LanguageVersion.Latest);
    private readonly Dictionary<string, SyntaxTree> _trees;
    private readonly CSharpCompilation _product;
    private readonly byte[] _tests;
    private readonly Dictionary<string, string> _lastKillers = new(StringComparer.Ordinal);

    public Laboratory(string root)
    {
        _trees = Trees(root, Sources.Product);
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !_unused.Any(name => Path.GetFileName(path).StartsWith(name, StringComparison.Ordinal)))
            .Select(path => MetadataReference.CreateFromFile(path)).ToList();
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            concurrentBuild: false, reportSuppressedDiagnostics: false);
        _product = CSharpCompilation.Create(Product,
            [.. _trees.Values, Parsed($"{Usings} [assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"{Tests}\")]")],
                platform, options);
        _tests = Emitted(CSharpCompilation.Create(Tests,
            [.. Trees(root, Sources.Tests).Values, Parsed(TestUsings)],
            platform.Select(Aside).Append(_product.ToMetadataReference()), options), out var failure)
            ?? throw new InvalidOperationException($"The tests do not compile: {failure}");
    }

    /// <summary>The first test that fails with nothing changed, if one does.</summary>
    public Verdict Unchanged() => Run(_product, "");

    public Verdict Judge(Mutant mutant)
    {
        var tree = _trees[mutant.File];
        var changed = CSharpSyntaxTree.ParseText(mutant.Apply(tree.GetText().ToString()), _language, mutant.File);
        return Run(_product.ReplaceSyntaxTree(tree, changed), mutant.File);
    }

    private Verdict Run(CSharpCompilation product, string file)
    {
        if (Emitted(product, out var failed) is not { } assembly)
            return new(Fate.NotViable, failed);
        var context = new Bench(assembly);
        try
        {
            var folder = Path.GetFileName(Path.GetDirectoryName(file)) ?? "";
            var tests = context.Load(_tests).GetTypes().SelectMany(TestsOf)
                .OrderByDescending(test => test.Name == _lastKillers.GetValueOrDefault(file))
                .ThenByDescending(test => test.Name.Contains($".{folder}.", StringComparison.Ordinal));
            foreach (var (name, run) in tests)
                if (Failure(run) is { } why)
                {
                    _lastKillers[file] = name;
                    return new(Fate.Killed, $"{name}: {why}");
                }
            return new(Fate.Survived, "");
        }
        finally
        {
            context.Unload();
        }
    }

    private static byte[]? Emitted(CSharpCompilation compilation, out string failure)
    {
        using var assembly = new MemoryStream();
        var emitted = compilation.Emit(assembly);
        failure = emitted.Diagnostics.FirstOrDefault(one => one.Severity == DiagnosticSeverity.Error)?.ToString() ?? "";
        return emitted.Success ? assembly.ToArray() : null;
    }

    private Dictionary<string, SyntaxTree> Trees(string root, IEnumerable<string> files) => files.ToDictionary(
        file => file, file => CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(root, file)), _language, file),
            StringComparer.Ordinal);

    private static MetadataReference Aside(PortableExecutableReference reference) =>
        Path.GetFileName(reference.FilePath) == "Colloquy.Grains.dll" ? reference.WithAliases(["whole"]) : reference;

    private SyntaxTree Parsed(string text) => CSharpSyntaxTree.ParseText(text, _language);

    private static string? Failure(Func<object?> run)
    {
        try
        {
            (run() as Task)?.GetAwaiter().GetResult();
            return null;
        }
        catch (Exception failure) // whatever a test throws is its verdict
        {
            return (failure.InnerException ?? failure).Message.Split('\n')[0].Trim();
        }
    }

    private static IEnumerable<(string Name, Func<object?> Run)> TestsOf(Type type) =>
        from method in type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        where method.GetCustomAttribute<FactAttribute>() is not null
        from arguments in method.GetCustomAttributes<DataAttribute>().SelectMany(data => data.GetData(method)).DefaultIfEmpty([])
        select ($"{type.FullName}.{method.Name}", (Func<object?>)(() =>
            method.Invoke(Activator.CreateInstance(type), arguments)));

    /// <summary>Where tests meet one mutant, and forget it.</summary>
    private sealed class Bench(byte[] product) : AssemblyLoadContext(null, isCollectible: true)
    {
        private Assembly? _product;

        public Assembly Load(byte[] assembly) => LoadFromStream(new MemoryStream(assembly));

        protected override Assembly? Load(AssemblyName assemblyName) =>
            assemblyName.Name == Product ? _product ??= Load(product) : null;
    }
}

internal enum Fate
{
    Killed, Survived, NotViable,
}

/// <param name="Why">The test that failed, or what the compiler said.</param>
internal sealed record Verdict(Fate Fate, string Why);
