using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Colloquy.Hosting;

namespace Colloquy.Tests.Hosting;

public sealed partial class EnvExampleTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Root(), ".env.example"));

    private static readonly IReadOnlyList<(string Name, string Value)> Listed =
        [.. Lines.Select(line => Assignment().Match(line)).Where(match => match.Success)
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value))];

    [Fact]
    public void The_example_lists_every_setting_once_and_nothing_else() =>
        Assert.Equal(KnownSettings.All.Select(setting => setting.Name).Order(), Listed.Select(entry => entry.Name).Order());

    [Fact]
    public void The_example_shows_every_default() =>
        Assert.Equal(KnownSettings.All.OrderBy(setting => setting.Name).Select(setting => (setting.Name, setting.Default ?? "")),
            Listed.OrderBy(entry => entry.Name));

    [Fact]
    public void A_copy_of_the_example_changes_nothing()
    {
        var copied = ColloquySettings.Read(SettingsTests.Configuration([.. Listed]));
        var none = ColloquySettings.Read(SettingsTests.Configuration());
        Assert.Null(copied.OpenAi);
        Assert.Equal(none with { CorsOrigins = [], Proxies = [], WebAllow = [], Secrets = [] },
            copied with { CorsOrigins = [], Proxies = [], WebAllow = [], Secrets = [] });
    }

    [Fact]
    public void The_example_says_which_values_are_secret()
    {
        var blocks = string.Join('\n', Lines).Split("\n\n").SelectMany(block => block.Split('\n')).ToList();
        Assert.All(KnownSettings.All.Where(setting => setting.IsSecret), setting =>
        {
            var at = blocks.FindIndex(line => line.StartsWith($"{setting.Name}=", StringComparison.Ordinal));
            var first = blocks.FindLastIndex(at - 1, line => !line.StartsWith('#'));
            Assert.Contains(blocks[(first + 1)..at], line => line.Contains("Secret", StringComparison.Ordinal));
        });
    }

    // A build for release maps the path of this file; the folder of the built tests is then below the root.
    private static string Root([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(File.Exists(here) ? Path.GetDirectoryName(here)! : AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, ".env.example")))
            folder = folder.Parent;
        return folder.FullName;
    }

    [GeneratedRegex("^([A-Z][A-Z0-9_]*)=(.*)$")]
    private static partial Regex Assignment();
}
