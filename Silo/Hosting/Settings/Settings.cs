using System.Net;
using System.Text.RegularExpressions;
using Colloquy.Embeddings;
using Colloquy.Models.OpenAi;
using Serilog.Events;

namespace Colloquy.Hosting;

/// <summary>Puts the settings together, and checks what spans several of them.</summary>
internal static partial class Settings
{
    private const int ProbeSecondsMax = 60;
    private const int BootstrapKeyLengthMin = 16;
    private const int BootstrapKeyLengthMax = 512;

    public static ColloquySettings From(SettingsReader reader)
    {
        var cluster = Cluster(reader);
        var role = reader.Choice<ProcessRole>(KnownSettings.Role);
        if (role is not ProcessRole.All && cluster is null)
            reader.Wrong(KnownSettings.Role, "must be all unless REDIS_URL says where the processes of a cluster meet",
                role.ToString().ToLowerInvariant());
        var services = OpenAi(reader);
        var openAi = IsConfigured(services, KnownSettings.OpenAiUrl) ? services : null;
        var shedding = reader.Choice<AutoSwitch>(KnownSettings.LoadShedding);
        return new ColloquySettings
        {
            Role = role,
            DataDirectory = Path.GetFullPath(reader.Text(KnownSettings.Data)!),
            Urls = Urls(reader),
            HealthPort = Port(reader, KnownSettings.HealthPort),
            Drain = reader.Seconds(KnownSettings.DrainSeconds, 0, 3_600),
            LogLevel = reader.Choice<LogEventLevel>(KnownSettings.LogLevel),
            LogFormat = reader.Choice<LogFormat>(KnownSettings.LogFormat),
            BootstrapKey = BootstrapKey(reader),
            CorsOrigins = reader.List(KnownSettings.CorsOrigins,
                "must list web origins such as https://app.example.org, without a path", IsOrigin),
            Proxies = reader.List(KnownSettings.Proxies,
                "must list addresses or networks such as 10.0.0.0/8",
                item => IPAddress.TryParse(item, out _) || IPNetwork.TryParse(item, out _)),
            BodyMax = reader.Number(KnownSettings.BodyMax, 1_024, 64 * 1024 * 1024),
            ConnectionsMax = reader.Number(KnownSettings.ConnectionsMax, 1, 1_000_000),
            WebAllow = reader.List(KnownSettings.WebAllow, "must list host:port pairs", HostAndPort().IsMatch),
            Cluster = cluster,
            OpenAi = openAi,
            Embeddings = Embeddings(reader, openAi, services),
            Tools = Tools(reader),
            ShedsLoad = shedding is AutoSwitch.On || (shedding is AutoSwitch.Auto && cluster is not null),
            Secrets = reader.Secrets,
        };
    }

    // The rest is read even when there is no cluster, so that a mistake shows before the day it matters.
    private static ClusterSettings? Cluster(SettingsReader reader)
    {
        const string Name = "must be 1 to 32 lower case letters, digits and hyphens";
        var url = reader.Text(KnownSettings.RedisUrl);
        var cluster = new ClusterSettings
        {
            RedisUrl = url ?? "",
            RedisPrefix = reader.Matching(KnownSettings.RedisPrefix, Name, SmallName().IsMatch),
            RequireAof = reader.Flag(KnownSettings.RedisRequireAof),
            ClusterId = reader.Matching(KnownSettings.ClusterId, Name, SmallName().IsMatch),
            ServiceId = reader.Matching(KnownSettings.ServiceId, Name, SmallName().IsMatch),
            SiloPort = Port(reader, KnownSettings.SiloPort),
            GatewayPort = Port(reader, KnownSettings.GatewayPort),
            AdvertisedIp = reader.Address(KnownSettings.AdvertisedIp),
            Probe = reader.Seconds(KnownSettings.ProbeSeconds, 1, ProbeSecondsMax),
            ProbesMissed = reader.Number(KnownSettings.ProbesMissed, 1, 10),
            DeathVotes = reader.Number(KnownSettings.DeathVotes, 1, 10),
        };
        if (cluster.SiloPort == cluster.GatewayPort)
            reader.Wrong(KnownSettings.GatewayPort, $"must differ from {KnownSettings.SiloPort.Name}", $"{cluster.GatewayPort}");
        if (url is not null && EngineSettings.FindMistake(url) is { } mistake)
            reader.Wrong(KnownSettings.RedisUrl, mistake, found: null);
        return url is null ? null : cluster;
    }

    private static OpenAiOptions OpenAi(SettingsReader reader)
    {
        var options = new OpenAiOptions
        {
            ApiKey = reader.Text(KnownSettings.OpenAiKey),
            BaseUrl = reader.Url(KnownSettings.OpenAiUrl)!,
            Model = reader.Text(KnownSettings.Model)!,
            ContextTokens = reader.Number(KnownSettings.ModelContextTokens, 1_024, 10_000_000),
            Connect = reader.Seconds(KnownSettings.ModelConnectSeconds, 1, 60),
            FirstToken = reader.Seconds(KnownSettings.ModelFirstTokenSeconds, 1, 3_600),
            Stall = reader.Seconds(KnownSettings.ModelStallSeconds, 1, 3_600),
            Total = reader.Seconds(KnownSettings.ModelTotalSeconds, 1, 86_400),
            Attempts = reader.Number(KnownSettings.ModelAttempts, 1, 10),
            RetryTime = reader.Seconds(KnownSettings.ModelRetrySeconds, 0, 600),
            Connections = reader.Number(KnownSettings.ModelConnections, 1, 10_000),
        };
        if (options.FirstToken > options.Total)
            reader.Wrong(KnownSettings.ModelFirstTokenSeconds, $"must not exceed {KnownSettings.ModelTotalSeconds.Name}",
                $"{options.FirstToken.TotalSeconds}");
        return options;
    }

    // A server of one's own needs no key, so its address alone is a configured service; the public one, as a copy of .env.example
    // names it, is none without a key.
    private static bool IsConfigured(OpenAiOptions service, Setting address) =>
        service.ApiKey is not null || service.BaseUrl != new Uri(address.Default!);

    /// <param name="patience">The times of the model settings, which hold for every service.</param>
    private static EmbeddingOptions Embeddings(SettingsReader reader, OpenAiOptions? openAi, OpenAiOptions patience)
    {
        var huggingFace = patience with
        {
            ApiKey = reader.Text(KnownSettings.HuggingFaceToken), BaseUrl = reader.Url(KnownSettings.HuggingFaceUrl)!,
        };
        var options = new EmbeddingOptions
        {
            Default = reader.Text(KnownSettings.EmbeddingModel)!,
            OpenAi = openAi,
            HuggingFace = IsConfigured(huggingFace, KnownSettings.HuggingFaceUrl) ? huggingFace : null,
            Tei = reader.Url(KnownSettings.TeiUrl) is { } tei ? patience with { ApiKey = null, BaseUrl = tei } : null,
        };
        if (options.Has(options.Default, out var missing))
            return options;
        reader.Wrong(KnownSettings.EmbeddingModel, missing is null
            ? "must be hashed, openai/<model>, hf/<organisation>/<model> or tei" : $"needs the setting {missing}", options.Default);
        return options with { Default = KnownSettings.EmbeddingModel.Default! };
    }

    private static ToolSettings Tools(SettingsReader reader) => new()
    {
        BraveKey = reader.Text(KnownSettings.BraveKey),
        BraveUrl = reader.Url(KnownSettings.BraveUrl)!,
        SearxngUrl = reader.Url(KnownSettings.SearxngUrl),
        ParallelKey = reader.Text(KnownSettings.ParallelKey),
        ParallelUrl = reader.Url(KnownSettings.ParallelUrl)!,
        NcbiKey = reader.Text(KnownSettings.NcbiKey),
        PubMedUrl = reader.Url(KnownSettings.PubMedUrl)!,
        ClinicalTrialsUrl = reader.Url(KnownSettings.ClinicalTrialsUrl)!,
        OpenFdaUrl = reader.Url(KnownSettings.OpenFdaUrl)!,
        WhoIrisUrl = reader.Url(KnownSettings.WhoIrisUrl)!,
        QdrantUrl = Qdrant(reader),
        QdrantKey = reader.Text(KnownSettings.QdrantKey),
    };

    private static Uri? Qdrant(SettingsReader reader)
    {
        var url = reader.Url(KnownSettings.QdrantUrl);
        if (url is not null && EngineSettings.QdrantMistake is { } mistake)
            reader.Wrong(KnownSettings.QdrantUrl, mistake, found: null);
        return url;
    }

    private static string? BootstrapKey(SettingsReader reader)
    {
        var key = reader.Text(KnownSettings.BootstrapKey);
        if (key is not null && (key.Length is < BootstrapKeyLengthMin or > BootstrapKeyLengthMax
            || key.Any(sign => sign is < '!' or > '~')))
            reader.Wrong(KnownSettings.BootstrapKey,
                $"must be {BootstrapKeyLengthMin} to {BootstrapKeyLengthMax} visible ASCII characters, no blanks", found: null);
        return key;
    }

    private static string Urls(SettingsReader reader) => string.Join(';', reader.List(
        KnownSettings.Urls, "must list addresses such as http://127.0.0.1:5080", IsListenAddress));

    private static int Port(SettingsReader reader, Setting setting) => reader.Number(setting, 1, 65_535);

    // Kestrel also takes * and + for the host, which no URI has.
    private static bool IsListenAddress(string text) =>
        Uri.TryCreate(AnyHost().Replace(text, "://any"), UriKind.Absolute, out var url) && url.Scheme is "http" or "https";

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
        && text.TrimEnd('/').Equals(url.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"://[*+]")]
    private static partial Regex AnyHost();

    [GeneratedRegex("^[a-z0-9-]{1,32}$")]
    private static partial Regex SmallName();

    [GeneratedRegex(@"^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+):\d{1,5}$")]
    private static partial Regex HostAndPort();
}
