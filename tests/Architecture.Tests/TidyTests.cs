using System.Text.RegularExpressions;

namespace Colloquy.Architecture;

public sealed class TidyTests
{
    private static readonly string[] Product = ["Api", "Embedded", "Grains", "Grains.Interfaces", "Silo"];

    [Fact]
    public void No_file_of_the_product_has_more_than_300_lines() => Assert.Empty(Longer(300, Product));

    [Fact]
    public void No_test_file_has_more_than_500_lines() => Assert.Empty(Longer(500, "tests"));

    [Fact]
    public void The_median_file_of_the_product_has_at_most_100_lines()
    {
        var lengths = Tree.Files(".cs", Product).Select(file => Lines(file).Length).Order().ToList();
        Assert.InRange(lengths[lengths.Count / 2], 1, 100);
    }

    [Fact]
    public void No_line_has_more_than_140_characters() =>
        Assert.Empty(Tree.Files(".cs", [.. Product, "tests"])
            .SelectMany(file => Lines(file).Select((line, at) => (Where: $"{file}:{at + 1}", line.Length)))
            .Where(line => line.Length > 140));

    [Fact]
    public void Program_files_have_at_most_100_lines() =>
        Assert.Empty(Tree.Files("Program.cs", Product).Where(file => Lines(file).Length > 100));

    [Fact]
    public void No_alias_follows_the_name_that_it_has_to_outlive() =>
        Assert.Empty(Tree.Files(".cs", Product).Where(file => Tree.Read(file).Contains("Alias(nameof", StringComparison.Ordinal)));

    [Fact]
    public void No_shipped_file_holds_unfinished_work() =>
        Assert.Empty(Tree.Files(".cs", Product).Where(file =>
            Regex.IsMatch(Tree.Read(file), @"\b(TODO|FIXME|HACK)\b|new NotImplementedException|#region")));

    [Fact]
    public void The_root_holds_three_pages_and_no_plans() =>
        Assert.Equal(["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"],
            Directory.EnumerateFiles(Tree.Root, "*.md").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

    [Fact]
    public void The_architecture_page_names_every_grain()
    {
        var page = Tree.Read("ARCHITECTURE.md");
        var grains = Tree.Files(".cs", "Grains")
            .SelectMany(file => Regex.Matches(Tree.Read(file), "\\[GrainType\\(\"([^\"]+)\"\\)\\]").Select(match => match.Groups[1].Value));
        Assert.Empty(grains.Where(grain => !page.Contains($"`{grain}`", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Longer(int most, params string[] folders) =>
        Tree.Files(".cs", folders).Select(file => (file, Lines(file).Length)).Where(file => file.Length > most)
            .Select(file => $"{file.file}: {file.Length}");

    private static string[] Lines(string file) => Tree.Read(file).TrimEnd('\n').Split('\n');
}
