using System.Text.Json;
using System.Text.RegularExpressions;

namespace Colloquy.Hosting;

/// <summary>Strikes out the configured secrets, also as JSON or an address spells them, and what looks like a
/// credential.</summary>
internal sealed partial class Redaction
{
    private const string Struck = "***";

    /// <summary>Shorter ones would strike out ordinary words.</summary>
    private const int SecretLengthMin = 4;

    private readonly string[] _secrets;

    public Redaction(IEnumerable<string> secrets) => _secrets =
    [
        .. secrets.SelectMany(Parts).SelectMany(Spellings).Where(secret => secret.Length >= SecretLengthMin)
            .Distinct(StringComparer.Ordinal).OrderByDescending(secret => secret.Length),
    ];

    public string Of(string text)
    {
        foreach (var secret in _secrets)
            text = text.Replace(secret, Struck, StringComparison.Ordinal);
        return Credential().Replace(text, "$1" + Struck);
    }

    // A client library quotes a password without the address that it stood in.
    private static IEnumerable<string> Parts(string secret)
    {
        yield return secret;
        if (Uri.TryCreate(secret, UriKind.Absolute, out var url) && url.UserInfo.Split(':', 2) is [_, var password])
            yield return Uri.UnescapeDataString(password);
        foreach (Match match in Password().Matches(secret))
            yield return match.Groups[1].Value;
    }

    private static IEnumerable<string> Spellings(string secret) =>
    [
        secret,
        JsonEncodedText.Encode(secret).Value,
        secret.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal),
        Uri.EscapeDataString(secret),
    ];

    [GeneratedRegex(@"((?:Bearer|Basic)\s+|\bsk-|\bclq_[a-z0-9-]+_[a-z0-9-]+_)[A-Za-z0-9._~+/=-]{8,}", RegexOptions.IgnoreCase)]
    private static partial Regex Credential();

    [GeneratedRegex("(?:^|,)\\s*password=([^,]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Password();
}
