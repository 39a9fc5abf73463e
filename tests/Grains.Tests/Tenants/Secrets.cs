using System.Security.Cryptography;
using System.Text;

namespace Colloquy.Tests.Tenants;

internal static class Secrets
{
    /// <summary>As the API hashes what a client presents.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
