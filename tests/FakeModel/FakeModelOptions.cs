namespace Colloquy.FakeModel;

/// <summary>How a server is set up.</summary>
public sealed record FakeModelOptions
{
    /// <summary>Where it listens; port 0 is any that is free.</summary>
    public string Url { get; init; } = "http://127.0.0.1:0";

    /// <summary>The clock of pacing, of <c>created</c> and of retry dates.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The turn of requests for which nothing is scripted.</summary>
    public ScriptedTurn Defaults { get; init; } = new();

    /// <summary>When set, requests with another key are refused.</summary>
    public string? ApiKey { get; init; }

    /// <summary>What GET /v1/models lists. Other names are answered as well.</summary>
    public IReadOnlyList<string> Models { get; init; } = ["fake-model", "gpt-4o-mini", "text-embedding-3-small"];

    /// <summary>How many requests are remembered.</summary>
    public int RequestsKept { get; init; } = 1000;

    /// <summary>
    /// Reads <c>--urls ADDRESS</c>, FAKE_MODEL_URL, FAKE_MODEL_DEFAULTS (a marker's inside, <c>first=200 delay=20 chunks=50</c>)
    /// and FAKE_MODEL_API_KEY.
    /// </summary>
    public static FakeModelOptions Read(IReadOnlyList<string> arguments, Func<string, string?> environment)
    {
        var isNamed = arguments.Count == 2 && arguments[0] is "--urls";
        if (arguments.Count > 0 && !isNamed)
        {
            throw new FormatException("Usage: FakeModel [--urls http://127.0.0.1:9100]");
        }

        return new FakeModelOptions
        {
            Url = isNamed ? arguments[1] : environment("FAKE_MODEL_URL") ?? "http://127.0.0.1:9100",
            Defaults = ScriptedTurn.Parse(environment("FAKE_MODEL_DEFAULTS") ?? ""),
            ApiKey = environment("FAKE_MODEL_API_KEY"),
        };
    }
}
