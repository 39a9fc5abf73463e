using System.Globalization;

namespace Colloquy.FakeModel;

/// <summary>The ways in which an answer goes wrong.</summary>
public enum FaultKind
{
    /// <summary>An HTTP status with an error object.</summary>
    Http,

    /// <summary>
    /// The connection is reset, before any answer or after some chunks of a stream. A reset may overtake what the caller has
    /// not read yet: a cut, or a gate, makes sure of the chunks.
    /// </summary>
    Reset,

    /// <summary>The connection closes after some chunks, all of which arrive; a whole answer loses its second half.</summary>
    Cut,

    /// <summary>Silence after some chunks, until the caller leaves; a whole answer never begins.</summary>
    Stall,

    /// <summary>The headers come late, then a good answer.</summary>
    SlowHeaders,

    /// <summary>One event is not JSON; the stream then goes on. A whole answer is JSON broken off.</summary>
    GarbageChunk,

    /// <summary>The right content type, but the body is a page of HTML.</summary>
    GarbageBody,

    /// <summary>The answer ends in the middle of a character.</summary>
    TruncatedUtf8,

    /// <summary>A good stream, written so that packets end in the middle of characters and lines.</summary>
    SplitCharacters,

    /// <summary>Status 200 and a page of HTML that says so.</summary>
    WrongContentType,

    /// <summary>Good headers and no body.</summary>
    EmptyStream,

    /// <summary>The stream ends after its usage without <c>[DONE]</c>.</summary>
    MissingDone,

    /// <summary>After some chunks an error object, and the end. A whole answer is that object with status 200.</summary>
    ErrorInStream,

    /// <summary>Embeddings in another order than asked for, which their indexes tell.</summary>
    Unordered,

    /// <summary>Embeddings without the last of them.</summary>
    Short,

    /// <summary>Embeddings with a number that is none.</summary>
    NaN,

    /// <summary>Embeddings of different lengths.</summary>
    Uneven,

    /// <summary>Embeddings of zeros.</summary>
    Zeros,
}

/// <summary>In which header, and how, a refusal says when to come back.</summary>
public enum RetryAfterForm
{
    /// <summary><c>Retry-After: 2</c>.</summary>
    Seconds,

    /// <summary><c>Retry-After: Fri, 20 Nov 2026 12:00:02 GMT</c>, counted from the server's clock.</summary>
    Date,

    /// <summary><c>retry-after-ms: 1500</c>.</summary>
    Milliseconds,
}

/// <summary>What goes wrong with an answer, when, and how often.</summary>
public sealed record Fault(FaultKind Kind)
{
    public int Status { get; init; } = 500;

    /// <summary>The error's code in place of the usual one of its status.</summary>
    public string? Code { get; init; }

    /// <summary>A body in place of the error object, for refusals of something that stands before the model.</summary>
    public string? Body { get; init; }

    /// <summary>How many chunks are sent before it happens.</summary>
    public int After { get; init; }

    /// <summary>The first so many attempts suffer, later ones are answered; null: all suffer.</summary>
    public int? Times { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public RetryAfterForm RetryAfterForm { get; init; }

    /// <summary>How long slow headers take.</summary>
    public TimeSpan For { get; init; } = TimeSpan.FromSeconds(30);

    public static Fault Http(int status) => new(FaultKind.Http) { Status = status };

    public static Fault Cut(int after = 0) => new(FaultKind.Cut) { After = after };

    public static Fault Stall(int after = 0) => new(FaultKind.Stall) { After = after };

    /// <summary>The names that markers use.</summary>
    public static Fault Named(string name) => name switch
    {
        "reset" => new(FaultKind.Reset),
        "cut" => new(FaultKind.Cut),
        "stall" => new(FaultKind.Stall),
        "slow-headers" => new(FaultKind.SlowHeaders),
        "garbage-chunk" => new(FaultKind.GarbageChunk),
        "garbage-body" => new(FaultKind.GarbageBody),
        "truncated-utf8" => new(FaultKind.TruncatedUtf8),
        "split" => new(FaultKind.SplitCharacters),
        "wrong-type" => new(FaultKind.WrongContentType),
        "empty" => new(FaultKind.EmptyStream),
        "no-done" => new(FaultKind.MissingDone),
        "error-in-stream" => new(FaultKind.ErrorInStream),
        "unordered" => new(FaultKind.Unordered),
        "short" => new(FaultKind.Short),
        "nan" => new(FaultKind.NaN),
        "uneven" => new(FaultKind.Uneven),
        "zeros" => new(FaultKind.Zeros),
        "quota" => Http(429) with { Code = "insufficient_quota" },
        "context" => Http(400) with { Code = "context_length_exceeded" },
        _ when int.TryParse(name, CultureInfo.InvariantCulture, out var status) && status is >= 400 and < 600 => Http(status),
        _ => throw new FormatException($"[[fake]] knows no fault '{name}'."),
    };
}
