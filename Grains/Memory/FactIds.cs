using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Colloquy.Memory;

/// <summary>Spells the ids of facts.</summary>
internal static class FactIds
{
    /// <summary>96 bits of a hash: an id tells nothing of the operation,
    /// and two never meet among the few facts of a scope.</summary>
    public static string Of(string operation, int index)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{index.ToString(CultureInfo.InvariantCulture)}\n{operation}"));
        return $"fact_{Convert.ToHexStringLower(hash.AsSpan(0, 12))}";
    }
}
