using System.Text.RegularExpressions;
using StackExchange.Redis;

namespace Colloquy.Storage;

/// <summary>Which Redis a cluster keeps everything in, and what it must promise.</summary>
public sealed partial class RedisStoreOptions
{
    /// <summary>The address: <c>redis://user:password@host:6379/0</c>, <c>rediss://</c> for TLS, or a configuration string of
    /// StackExchange.Redis. No default.</summary>
    public string Address { get; set; } = "";

    /// <summary>What every key of journals and session index begins with: 1 to 32 lower case letters, digits and hyphens.
    /// Default: <c>colloquy</c>.</summary>
    public string KeyPrefix { get; set; } = "colloquy";

    /// <summary>Refuses to start unless what Redis acknowledges is on its disk: an append-only file that is synced always, or
    /// every second with the means to wait for it (Redis 7.2). False is for experiments: a crash of Redis then loses
    /// acknowledged messages. Default: true.</summary>
    public bool RequireAof { get; set; } = true;

    /// <summary>How long a command may take, 500 ms to 60 s; then its outcome is unknown. Default: 5 s.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Every mistake in these options, one sentence each. Empty if there is none.</summary>
    public IEnumerable<string> FindMistakes()
    {
        if (string.IsNullOrWhiteSpace(Address))
            yield return $"{nameof(Address)} is missing.";
        if (!KeyPrefixPattern().IsMatch(KeyPrefix))
            yield return $"{nameof(KeyPrefix)} is '{KeyPrefix}'; it must be 1 to 32 lower case letters, digits and hyphens.";
        if (CommandTimeout < TimeSpan.FromMilliseconds(500) || CommandTimeout > TimeSpan.FromMinutes(1))
            yield return $"{nameof(CommandTimeout)} is {CommandTimeout}; it must be 500 ms to 60 s.";
    }

    /// <summary>The same as the client library wants it. Orleans' own providers connect with it, too.</summary>
    public ConfigurationOptions ToConfiguration()
    {
        var configuration = Uri.TryCreate(Address, UriKind.Absolute, out var url) && url.Scheme is "redis" or "rediss"
            ? FromUrl(new Uri(Address))
            : ConfigurationOptions.Parse(Address);
        configuration.ClientName ??= KeyPrefix;
        configuration.AsyncTimeout = (int)CommandTimeout.TotalMilliseconds;
        configuration.ReconnectRetryPolicy = new LinearRetry(500); // milliseconds: it is back soon, or it is an incident
        return configuration;
    }

    private static ConfigurationOptions FromUrl(Uri url)
    {
        var configuration = new ConfigurationOptions { Ssl = url.Scheme == "rediss" };
        configuration.EndPoints.Add(url.Host, url.IsDefaultPort || url.Port < 0 ? 6379 : url.Port);
        var credential = url.UserInfo.Split(':', 2);
        if (credential is [var user, var password])
        {
            configuration.User = user.Length == 0 ? null : Uri.UnescapeDataString(user);
            configuration.Password = Uri.UnescapeDataString(password);
        }
        if (int.TryParse(url.AbsolutePath.Trim('/'), out var database))
            configuration.DefaultDatabase = database;
        return configuration;
    }

    [GeneratedRegex("^[a-z0-9-]{1,32}$")]
    private static partial Regex KeyPrefixPattern();
}
