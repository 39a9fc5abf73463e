using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;

namespace Colloquy.Hosting;

/// <summary>Says what of this deployment works, what is not set up, and which setting it needs.</summary>
public static class Doctor
{
    /// <summary>How long a service may take to answer a probe.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Looks, and prints a line for each finding, or all of them as a JSON array.</summary>
    /// <returns>The exit code: 1 when something that is set up does not work, else 0.</returns>
    public static async Task<int> Run(
        IConfiguration configuration, TextWriter output, bool asJson = false, CancellationToken cancellation = default)
    {
        var findings = await Examine(configuration, cancellation);
        if (asJson)
            await output.WriteLineAsync(JsonSerializer.Serialize(findings, _json).AsMemory(), cancellation);
        else
        {
            var width = findings.Max(finding => finding.Name.Length);
            foreach (var finding in findings)
                await output.WriteLineAsync(Line(finding, width).AsMemory(), cancellation);
        }

        return findings.Any(finding => finding.Condition is Condition.Wrong) ? 1 : 0;
    }

    internal static async Task<IReadOnlyList<Finding>> Examine(IConfiguration configuration, CancellationToken cancellation)
    {
        List<Finding> findings = [Finding.Ok("engine", EngineSettings.Engine)];
        ColloquySettings settings;
        try
        {
            settings = ColloquySettings.Read(configuration);
        }
        catch (SettingsException wrong)
        {
            findings.AddRange(wrong.Mistakes.Select(mistake => Finding.Wrong("settings", mistake)));
            return findings;
        }

        findings.Add(Finding.Ok("settings", $"role {settings.Role.ToString().ToLowerInvariant()}; all values are valid"));
        findings.Add(settings.Cluster is null
            ? DirectoryProbe.Look(settings.DataDirectory)
            : Finding.Ok("data directory", "not used: a cluster keeps everything in Redis"));
        findings.AddRange(await Task.WhenAll(
            ModelProbe.Look(settings.OpenAi, cancellation), EmbeddingProbe.Look(settings.Embeddings, cancellation),
            RedisProbe.Look(settings.Cluster, cancellation), QdrantProbe.Look(settings, cancellation)));
        findings.AddRange(EmbeddingProbe.Others(settings.Embeddings));
        findings.AddRange(ToolProbe.Look(settings));
        findings.Add(await NodeProbe.Look(cancellation));
        return findings;
    }

    private static string Line(Finding finding, int width) =>
        $"{finding.Condition.ToString().ToLowerInvariant(),-6}  {finding.Name.PadRight(width)}  {finding.Detail}";
}
