using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Colloquy.Models;

/// <summary>What model calls cost and how they go: the meter and the trace source <c>Colloquy.Models</c>.</summary>
/// <remarks>Names and units follow OpenTelemetry's conventions for generative AI where it has one.</remarks>
internal sealed class ModelTelemetry
{
    /// <summary>What exporters subscribe to.</summary>
    public const string Name = "Colloquy.Models";

    public static readonly ActivitySource Source = new(Name);

    private readonly Counter<long> _calls;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _errors;
    private readonly Histogram<double> _firstToken;
    private readonly Histogram<double> _duration;

    public ModelTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _calls = meter.CreateCounter<long>("colloquy.model.calls", "{call}", "Calls of a model, by outcome");
        _tokens = meter.CreateCounter<long>("colloquy.model.tokens", "{token}", "Tokens that the model reported, by type");
        _retries = meter.CreateCounter<long>("colloquy.model.retries", "{attempt}", "Further attempts of calls");
        _errors = meter.CreateCounter<long>("colloquy.model.errors", "{call}", "Calls that failed, by code");
        _firstToken = meter.CreateHistogram<double>("colloquy.model.first_token", "s", "From call to first token");
        _duration = meter.CreateHistogram<double>("gen_ai.client.operation.duration", "s", "From call to end");
    }

    public void Called(string model, string outcome, TimeSpan took)
    {
        _calls.Add(1, new("gen_ai.request.model", model), new("outcome", outcome));
        _duration.Record(
            took.TotalSeconds, new TagList { { "gen_ai.request.model", model }, { "gen_ai.operation.name", "chat" } });
    }

    public void Failed(string model, string code) => _errors.Add(1, new("gen_ai.request.model", model), new("code", code));

    public void Retried(string model, string code) => _retries.Add(1, new("gen_ai.request.model", model), new("code", code));

    public void FirstToken(string model, TimeSpan after) =>
        _firstToken.Record(after.TotalSeconds, new TagList { { "gen_ai.request.model", model } });

    public void Used(string model, long? input, long? output)
    {
        _tokens.Add(input ?? 0, new("gen_ai.request.model", model), new("gen_ai.token.type", "input"));
        _tokens.Add(output ?? 0, new("gen_ai.request.model", model), new("gen_ai.token.type", "output"));
    }
}
