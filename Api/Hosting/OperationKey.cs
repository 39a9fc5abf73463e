using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Colloquy.Problems;
using Colloquy.Tenants;

namespace Colloquy.Hosting;

/// <summary>Names one operation of one credential: from the client's <c>Idempotency-Key</c>, or at random. Everything that the
/// operation causes carries it, so that a repeat causes nothing.</summary>
internal sealed record OperationKey(string Value)
{
    public const string Header = "Idempotency-Key";
    private const int LengthMax = 200;

    public static ValueTask<OperationKey> BindAsync(HttpContext context)
    {
        var given = context.Request.Headers[Header];
        var caller = Caller.Of(context)!;
        return ValueTask.FromResult(new OperationKey(
            given is [{ } key] ? Hash($"{caller.KeyId}\n{key}") : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))));
    }

    /// <summary>Recognises the same request: the same key with another one is a mistake of the client.</summary>
    public static string FingerprintOf<T>(string command, T body) =>
        Hash($"{command}\n{JsonSerializer.Serialize(body, ApiJson.Default)}");

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Whether the header, where there is one, can be used.</summary>
    public static bool IsUsable(HttpRequest request) => request.Headers[Header] is var given && (given.Count == 0
        || (given is [{ Length: > 0 and <= LengthMax } key] && key.All(letter => letter is > ' ' and <= '~')));
}

internal static class OperationKeyExtensions
{
    /// <summary>Refuses POSTs whose Idempotency-Key nobody could honour.</summary>
    public static IApplicationBuilder UseOperationKeys(this IApplicationBuilder app) => app.Use((context, next) =>
        HttpMethods.IsPost(context.Request.Method) && !OperationKey.IsUsable(context.Request)
            ? ProblemWriter.Write(context,
                new(ProblemCodes.IdempotencyKeyInvalid, "One value of 1 to 200 visible ASCII characters."))
            : next(context));
}
