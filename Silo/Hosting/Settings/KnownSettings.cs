namespace Colloquy.Hosting;

/// <summary>Every setting of the product. <c>.env.example</c> explains each; a test keeps the two together.</summary>
internal static class KnownSettings
{
    public static readonly Setting Role = new("COLLOQUY_ROLE", "all");
    public static readonly Setting Data = new("COLLOQUY_DATA", "./data", Argument: "data");
    public static readonly Setting Urls = new("COLLOQUY_URLS", "http://127.0.0.1:5080", Argument: "urls");
    public static readonly Setting HealthPort = new("COLLOQUY_HEALTH_PORT", "8081");
    public static readonly Setting DrainSeconds = new("COLLOQUY_DRAIN_SECONDS", "20");
    public static readonly Setting LogLevel = new("COLLOQUY_LOG_LEVEL", "information");
    public static readonly Setting LogFormat = new("COLLOQUY_LOG_FORMAT", "auto");
    public static readonly Setting BootstrapKey = new("COLLOQUY_BOOTSTRAP_KEY", IsSecret: true);
    public static readonly Setting CorsOrigins = new("COLLOQUY_CORS_ORIGINS");
    public static readonly Setting Proxies = new("COLLOQUY_PROXIES");
    public static readonly Setting BodyMax = new("COLLOQUY_BODY_MAX", "524288");
    public static readonly Setting ConnectionsMax = new("COLLOQUY_CONNECTIONS_MAX", "20000");
    public static readonly Setting WebAllow = new("COLLOQUY_WEB_ALLOW");

    public static readonly Setting RedisUrl = new("REDIS_URL", IsSecret: true);
    public static readonly Setting RedisPrefix = new("COLLOQUY_REDIS_PREFIX", "colloquy");
    public static readonly Setting RedisRequireAof = new("COLLOQUY_REDIS_REQUIRE_AOF", "true");
    public static readonly Setting ClusterId = new("COLLOQUY_CLUSTER_ID", "colloquy");
    public static readonly Setting ServiceId = new("COLLOQUY_SERVICE_ID", "colloquy");
    public static readonly Setting SiloPort = new("COLLOQUY_SILO_PORT", "11111");
    public static readonly Setting GatewayPort = new("COLLOQUY_GATEWAY_PORT", "30000");
    public static readonly Setting AdvertisedIp = new("COLLOQUY_ADVERTISED_IP");
    public static readonly Setting ProbeSeconds = new("COLLOQUY_PROBE_SECONDS", "2");
    public static readonly Setting ProbesMissed = new("COLLOQUY_PROBES_MISSED", "2");
    public static readonly Setting DeathVotes = new("COLLOQUY_DEATH_VOTES", "1");
    public static readonly Setting LoadShedding = new("COLLOQUY_LOAD_SHEDDING", "auto");

    public static readonly Setting OpenAiKey = new("OPENAI_API_KEY", IsSecret: true);
    public static readonly Setting OpenAiUrl = new("OPENAI_BASE_URL", "https://api.openai.com/v1");
    public static readonly Setting Model = new("COLLOQUY_MODEL", "gpt-4o-mini");
    public static readonly Setting ModelContextTokens = new("COLLOQUY_MODEL_CONTEXT_TOKENS", "128000");
    public static readonly Setting ModelConnectSeconds = new("COLLOQUY_MODEL_CONNECT_SECONDS", "5");
    public static readonly Setting ModelFirstTokenSeconds = new("COLLOQUY_MODEL_FIRST_TOKEN_SECONDS", "60");
    public static readonly Setting ModelStallSeconds = new("COLLOQUY_MODEL_STALL_SECONDS", "30");
    public static readonly Setting ModelTotalSeconds = new("COLLOQUY_MODEL_TOTAL_SECONDS", "600");
    public static readonly Setting ModelAttempts = new("COLLOQUY_MODEL_ATTEMPTS", "4");
    public static readonly Setting ModelRetrySeconds = new("COLLOQUY_MODEL_RETRY_SECONDS", "30");
    public static readonly Setting ModelConnections = new("COLLOQUY_MODEL_CONNECTIONS", "256");
    public static readonly Setting EmbeddingModel = new("COLLOQUY_EMBEDDING_MODEL", "hashed");

    public static readonly Setting BraveKey = new("BRAVE_API_KEY", IsSecret: true);
    public static readonly Setting BraveUrl = new("BRAVE_BASE_URL", "https://api.search.brave.com");
    public static readonly Setting SearxngUrl = new("SEARXNG_URL");
    public static readonly Setting ParallelKey = new("PARALLEL_API_KEY", IsSecret: true);
    public static readonly Setting ParallelUrl = new("PARALLEL_BASE_URL", "https://api.parallel.ai");
    public static readonly Setting NcbiKey = new("NCBI_API_KEY", IsSecret: true);
    public static readonly Setting PubMedUrl = new("PUBMED_BASE_URL", "https://eutils.ncbi.nlm.nih.gov/entrez/eutils");
    public static readonly Setting ClinicalTrialsUrl = new("CLINICALTRIALS_BASE_URL", "https://clinicaltrials.gov/api/v2");
    public static readonly Setting OpenFdaUrl = new("OPENFDA_BASE_URL", "https://api.fda.gov");
    public static readonly Setting WhoIrisUrl = new("WHO_IRIS_BASE_URL", "https://iris.who.int/server/api");
    public static readonly Setting HuggingFaceToken = new("HF_TOKEN", IsSecret: true);
    public static readonly Setting HuggingFaceUrl = new("HF_BASE_URL", "https://router.huggingface.co/hf-inference");
    public static readonly Setting TeiUrl = new("TEI_URL");
    public static readonly Setting QdrantUrl = new("QDRANT_URL");
    public static readonly Setting QdrantKey = new("QDRANT_API_KEY", IsSecret: true);

    public static readonly IReadOnlyList<Setting> All =
    [
        Role, Data, Urls, HealthPort, DrainSeconds, LogLevel, LogFormat, BootstrapKey, CorsOrigins,
        Proxies, BodyMax, ConnectionsMax, WebAllow,
        RedisUrl, RedisPrefix, RedisRequireAof, ClusterId, ServiceId, SiloPort, GatewayPort, AdvertisedIp,
        ProbeSeconds, ProbesMissed, DeathVotes, LoadShedding,
        OpenAiKey, OpenAiUrl, Model, ModelContextTokens, ModelConnectSeconds, ModelFirstTokenSeconds, ModelStallSeconds,
        ModelTotalSeconds, ModelAttempts, ModelRetrySeconds, ModelConnections, EmbeddingModel,
        BraveKey, BraveUrl, SearxngUrl, ParallelKey, ParallelUrl, NcbiKey, PubMedUrl, ClinicalTrialsUrl, OpenFdaUrl, WhoIrisUrl,
        HuggingFaceToken, HuggingFaceUrl, TeiUrl, QdrantUrl, QdrantKey,
    ];
}
