using System.Net;
using Colloquy.Embeddings;
using Colloquy.Models.OpenAi;
using Microsoft.Extensions.Configuration;
using Serilog.Events;

namespace Colloquy.Hosting;

/// <summary>Which part of the product a process is.</summary>
public enum ProcessRole
{
    /// <summary>API and silo in one process.</summary>
    All,

    /// <summary>A silo without the API: grains, models and storage.</summary>
    Silo,

    /// <summary>The API alone, a client of the cluster's silos.</summary>
    Api,
}

/// <summary>How log lines look.</summary>
public enum LogFormat
{
    /// <summary>Text on a terminal, JSON elsewhere.</summary>
    Auto,

    /// <summary>One JSON object a line.</summary>
    Json,

    /// <summary>For people.</summary>
    Text,
}

/// <summary>A feature that may follow from the rest of the settings.</summary>
public enum AutoSwitch
{
    /// <summary>On in a cluster, off in one process.</summary>
    Auto,

    /// <summary>Always.</summary>
    On,

    /// <summary>Never.</summary>
    Off,
}

/// <summary>
/// What this deployment is set up to do: read and checked once, when the process starts, and constant from then on.
/// <c>.env.example</c> has the meaning, unit, bounds and default of each value.
/// </summary>
public sealed record ColloquySettings
{
    /// <summary>Which part of the product this process is.</summary>
    public required ProcessRole Role { get; init; }

    /// <summary>The absolute path of the directory in which a single process keeps everything.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Where the API listens; several are divided by semicolons.</summary>
    public required string Urls { get; init; }

    /// <summary>Where a silo without API answers for health and metrics, on all addresses.</summary>
    public required int HealthPort { get; init; }

    /// <summary>How long stopping may take before work that still runs is left to the next process.</summary>
    public required TimeSpan Drain { get; init; }

    /// <summary>The lowest level that is logged.</summary>
    public required LogEventLevel LogLevel { get; init; }

    /// <summary>How log lines look.</summary>
    public required LogFormat LogFormat { get; init; }

    /// <summary>The first operator key, when it is not to be made up and printed.</summary>
    public required string? BootstrapKey { get; init; }

    /// <summary>Web origins whose pages may call the API from a browser; empty allows none but the API's own.</summary>
    public required IReadOnlyList<string> CorsOrigins { get; init; }

    /// <summary>Proxies, as addresses or networks, whose <c>X-Forwarded-*</c> headers are believed.</summary>
    public required IReadOnlyList<string> Proxies { get; init; }

    /// <summary>Bytes of a request body, but for imports.</summary>
    public required int BodyMax { get; init; }

    /// <summary>Connections of the API at one time.</summary>
    public required int ConnectionsMax { get; init; }

    /// <summary>Private <c>host:port</c> addresses that tools may fetch nevertheless.</summary>
    public required IReadOnlyList<string> WebAllow { get; init; }

    /// <summary>How processes find each other; null when there is but this one.</summary>
    public required ClusterSettings? Cluster { get; init; }

    /// <summary>The model service; null when none is configured, and the extractive model answers.</summary>
    public required OpenAiOptions? OpenAi { get; init; }

    /// <summary>The models that make vectors of texts.</summary>
    public required EmbeddingOptions Embeddings { get; init; }

    /// <summary>Keys and addresses of tools.</summary>
    public required ToolSettings Tools { get; init; }

    /// <summary>Every secret among these settings, for those who must keep them out of what they write.</summary>
    public required IReadOnlyList<string> Secrets { get; init; }

    /// <summary>Whether a silo under overload refuses new calls.</summary>
    public required bool ShedsLoad { get; init; }

    /// <summary>Reads all settings, or says everything that is wrong with them.</summary>
    /// <exception cref="SettingsException">At least one setting is wrong.</exception>
    public static ColloquySettings Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var settings = Settings.From(reader);
        return reader.Mistakes.Count == 0 ? settings : throw new SettingsException(reader.Mistakes);
    }

    /// <summary>Without the secrets: a log line or an exception may hold this.</summary>
    public override string ToString() => $"{nameof(ColloquySettings)} {{ Role = {Role}, DataDirectory = {DataDirectory} }}";
}

/// <summary>A cluster around one Redis.</summary>
public sealed record ClusterSettings
{
    /// <summary>The Redis that holds membership, documents, journals and reminders.</summary>
    public required string RedisUrl { get; init; }

    /// <summary>What the keys of this deployment begin with.</summary>
    public required string RedisPrefix { get; init; }

    /// <summary>Refuses a Redis that may lose what it acknowledged.</summary>
    public required bool RequireAof { get; init; }

    /// <summary>Silos of one id form a cluster.</summary>
    public required string ClusterId { get; init; }

    /// <summary>The application's name in stored keys: constant for the life of its data, across clusters.</summary>
    public required string ServiceId { get; init; }

    /// <summary>The port for other silos.</summary>
    public required int SiloPort { get; init; }

    /// <summary>The port for API processes.</summary>
    public required int GatewayPort { get; init; }

    /// <summary>The address under which others reach this silo; null: the first of this machine that is not loopback.</summary>
    public required IPAddress? AdvertisedIp { get; init; }

    /// <summary>How often silos probe one another, and how long a probe may take.</summary>
    public required TimeSpan Probe { get; init; }

    /// <summary>So many probes in a row must fail before a silo is suspected.</summary>
    public required int ProbesMissed { get; init; }

    /// <summary>So many silos must suspect it before it is declared dead.</summary>
    public required int DeathVotes { get; init; }

    /// <summary>Without the address, which may hold a password.</summary>
    public override string ToString() => $"{nameof(ClusterSettings)} {{ ClusterId = {ClusterId}, ServiceId = {ServiceId} }}";
}

/// <summary>Keys and addresses of tools. A tool without what it needs is absent.</summary>
public sealed record ToolSettings
{
    /// <summary>Brave's search key.</summary>
    public required string? BraveKey { get; init; }

    /// <summary>Brave's address.</summary>
    public required Uri BraveUrl { get; init; }

    /// <summary>A SearXNG of our own.</summary>
    public required Uri? SearxngUrl { get; init; }

    /// <summary>Parallel's key.</summary>
    public required string? ParallelKey { get; init; }

    /// <summary>Parallel's address.</summary>
    public required Uri ParallelUrl { get; init; }

    /// <summary>NCBI's key: ten requests a second instead of three.</summary>
    public required string? NcbiKey { get; init; }

    /// <summary>The E-utilities' address.</summary>
    public required Uri PubMedUrl { get; init; }

    /// <summary>ClinicalTrials.gov's address.</summary>
    public required Uri ClinicalTrialsUrl { get; init; }

    /// <summary>openFDA's address.</summary>
    public required Uri OpenFdaUrl { get; init; }

    /// <summary>The address of WHO's repository.</summary>
    public required Uri WhoIrisUrl { get; init; }

    /// <summary>The gRPC address of a Qdrant for passages; null: a single process keeps them itself, and a cluster has
    /// none.</summary>
    public required Uri? QdrantUrl { get; init; }

    /// <summary>Qdrant's key; null if it wants none.</summary>
    public required string? QdrantKey { get; init; }

    /// <summary>Without the keys.</summary>
    public override string ToString() => nameof(ToolSettings);
}
