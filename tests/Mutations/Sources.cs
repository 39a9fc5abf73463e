using System.Runtime.CompilerServices;

namespace Colloquy.Mutations;

/// <summary>What is mutated, and what it takes to test it.</summary>
internal static class Sources
{
    /// <summary>Pure files of the panels' own folder; the folders below it are pure as a whole, but for these.</summary>
    private static readonly string[] _pure =
        ["IPanelProtocol.cs", "Outcomes.cs", "PanelCharter.cs", "PanelEvent.cs", "PanelInput.cs", "PanelMachine.cs",
            "PanelState.cs", "Protocols.cs"];

    private static readonly string[] _mutated = ["Outcomes.cs", "PanelMachine.cs"];

    public static string Root { get; } = Find();

    /// <summary>Folders of protocols and of the pieces that they share: those that have tests of the same name.</summary>
    public static IReadOnlyList<string> Folders { get; } =
    [
        .. Directory.EnumerateDirectories(Path.Combine(Root, "Grains/Panels")).Select(folder => Path.GetFileName(folder))
            .Where(folder => folder == "Shared" || Files($"Grains/Panels/{folder}")
                .Any(file => file.EndsWith("Protocol.cs", StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyList<string> Product { get; } =
        [.. _pure.Select(file => $"Grains/Panels/{file}"), .. Folders.SelectMany(folder => Files($"Grains/Panels/{folder}"))];

    public static IReadOnlyList<string> Tests { get; } =
    [
        .. Files("tests/Grains.Tests/Panels").Where(file => IsPureTest(Path.GetFileName(file))),
        .. Folders.SelectMany(folder => Files($"tests/Grains.Tests/Panels/{folder}")),
    ];

    public static IReadOnlyList<string> Mutated { get; } =
        [.. _mutated.Select(file => $"Grains/Panels/{file}"), .. Folders.SelectMany(folder => Files($"Grains/Panels/{folder}"))];

    /// <param name="only">Parts of file names; none for all.</param>
    public static IReadOnlyList<Mutant> Mutants(IReadOnlyList<string> only) =>
    [
        .. Mutated.Where(file => only.Count == 0 || only.Any(part => file.Contains(part, StringComparison.OrdinalIgnoreCase)))
            .SelectMany(file => MutantFinder.In(file, File.ReadAllText(Path.Combine(Root, file)))),
    ];

    private static bool IsPureTest(string name) => name == "PanelTable.cs"
        || name.StartsWith("PanelMachine", StringComparison.Ordinal) || name.StartsWith("Outcome", StringComparison.Ordinal);

    private static IEnumerable<string> Files(string folder)
    {
        var path = Path.Combine(Root, folder);
        return !Directory.Exists(path) ? []
            : Directory.EnumerateFiles(path, "*.cs").Select(file => Path.GetRelativePath(Root, file))
                .Order(StringComparer.Ordinal);
    }

    private static string Find([CallerFilePath] string here = "")
    {
        var start = File.Exists(here) ? Path.GetDirectoryName(here)! : Directory.GetCurrentDirectory();
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Orleans.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"No Orleans.sln above {start}.");
    }
}
