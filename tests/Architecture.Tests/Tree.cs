using System.Runtime.CompilerServices;

namespace Colloquy.Architecture;

/// <summary>The repository's own files, as a stranger would find them.</summary>
internal static class Tree
{
    private static readonly string[] Passed = ["artifacts", "node_modules", ".git", "wwwroot", "dist", "data", "TestResults", "bin", "obj"];

    public static string Root { get; } = FindRoot();

    /// <summary>Files with an ending below some folders, as paths from the root.</summary>
    public static IReadOnlyList<string> Files(string ending, params string[] folders) =>
        [.. folders.SelectMany(folder => Below(Path.Combine(Root, folder), ending))
            .Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal)];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<string> Below(string folder, string ending) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*" + ending).Concat(Directory.EnumerateDirectories(folder)
            .Where(inner => !Passed.Contains(Path.GetFileName(inner))).SelectMany(inner => Below(inner, ending)))
        : [];

    private static string FindRoot([CallerFilePath] string here = "")
    {
        // The path of this file at build time is mapped in CI builds; the folder of the tests is not.
        var start = File.Exists(here) ? Path.GetDirectoryName(here)! : AppContext.BaseDirectory;
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Orleans.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"No Orleans.sln above {start}.");
    }
}
