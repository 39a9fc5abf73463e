using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Colloquy.Tenants;

namespace Colloquy.Tenants;

/// <summary>An API key as it is presented: <c>clq_{tenant}_{key id}_{secret}</c>. Any other text is the secret of the operator's
/// bootstrap key, which may be chosen freely.</summary>
internal sealed record ApiKey(string Tenant, string KeyId, string Secret)
{
    public const string BootstrapId = "bootstrap";

    /// <summary>The longest credential that is looked at.</summary>
    public const int LengthMax = 512;

    private const string Prefix = "clq_";
    private const int SecretBytes = 32;
    private const int SecretLength = 43; // 256 bits in base64url
    private static readonly SearchValues<char> SecretLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>SHA-256 of the secret, lower-case hex: all of it that is ever sent or stored.</summary>
    public string SecretHash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Secret)));

    /// <summary>A new key with a random secret.</summary>
    public static ApiKey Make(string tenant, string keyId) =>
        new(tenant, keyId, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)));

    public static ApiKey Parse(string text)
    {
        if (text.StartsWith(Prefix, StringComparison.Ordinal) && text.Split('_', 4) is [_, var tenant, var keyId, var secret]
            && TenantKey.IsName(tenant) && TenantKey.IsName(keyId)
            && secret.Length == SecretLength && !secret.AsSpan().ContainsAnyExcept(SecretLetters))
        {
            return new(tenant, keyId, secret);
        }
        return new(TenantKey.Operator, BootstrapId, text);
    }

    /// <summary>The key's text, which holds the secret. It is shown once.</summary>
    public string Reveal() => $"{Prefix}{Tenant}_{KeyId}_{Secret}";

    /// <summary>Names the key without its secret, for logs.</summary>
    public override string ToString() => $"{Prefix}{Tenant}_{KeyId}_***";
}
