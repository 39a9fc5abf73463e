using System.Diagnostics;
using Colloquy.FakeModel;
using Xunit.Abstractions;

namespace Colloquy.Clusters;

/// <summary>OpenAI's own client for JavaScript, pointed at the product.</summary>
public sealed class OpenAiClientTests(ITestOutputHelper output)
{
    private const string Key = "operator-key-of-the-cluster-tests";

    [NodeFact]
    public async Task The_official_client_lists_completes_streams_and_gets_typed_errors()
    {
        var data = Directory.CreateTempSubdirectory("colloquy-openai-").FullName;
        var root = new Uri($"http://127.0.0.1:{ServerProcess.FreePort()}");
        await using var model = await FakeModelServer.Start();
        using var server = new ServerProcess("Colloquy.Api.dll", new()
        {
            ["COLLOQUY_BOOTSTRAP_KEY"] = Key, ["COLLOQUY_DATA"] = data, ["COLLOQUY_URLS"] = root.ToString(),
            ["OPENAI_BASE_URL"] = model.BaseUrl, ["OPENAI_API_KEY"] = "none-is-needed-here",
        });
        await server.Start();
        await Run("npm", "ci", "--silent");
        output.WriteLine(await Run("node", "check.mjs", "--url", root.ToString(), "--key", Key));
    }

    private static async Task<string> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = NodeFactAttribute.Project, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        var text = $"{await said}\n{await complained}";
        Assert.True(process.ExitCode == 0, $"{program} {arguments[0]}: {text}");
        return text;
    }
}

/// <summary>A test that needs Node 20 and npm; without them it says so and is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        if (!IsThere("node") || !IsThere("npm"))
            Skip = "node and npm are not on the PATH.";
    }

    /// <summary>The folder of the client's project.</summary>
    public static string Project { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static bool IsThere(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string Find(DirectoryInfo? folder) => folder is null
        ? throw new DirectoryNotFoundException("tests/OpenAiClient is not above the tests.")
        : Directory.Exists(Path.Combine(folder.FullName, "tests", "OpenAiClient"))
            ? Path.Combine(folder.FullName, "tests", "OpenAiClient") : Find(folder.Parent);
}
