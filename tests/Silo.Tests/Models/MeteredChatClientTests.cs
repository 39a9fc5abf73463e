using System.Diagnostics;
using System.Diagnostics.Metrics;
using Colloquy.FakeModel;
using Colloquy.Models;
using Colloquy.Tests.Models.OpenAi;
using Microsoft.Extensions.AI;

namespace Colloquy.Tests.Models;

public sealed class MeteredChatClientTests : OpenAiStage
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_counts_itself_its_tokens_and_its_retries(bool streamed)
    {
        using var seen = new Measurements(Meters);
        using var client = new MeteredChatClient(Client(), Telemetry, Clock, new ModelHealth(Clock));
        await Run(client, streamed, "[[fake fault=500 times=1 prompt=20 completion=30 text=a b]]");
        Assert.Equal(1, seen.Sum("colloquy.model.calls", "outcome", "completed"));
        Assert.Equal(20, seen.Sum("colloquy.model.tokens", "gen_ai.token.type", "input"));
        Assert.Equal(30, seen.Sum("colloquy.model.tokens", "gen_ai.token.type", "output"));
        Assert.Equal(1, seen.Sum("colloquy.model.retries", "code", ModelErrors.ServerError));
        Assert.Equal(streamed ? 1 : 0, seen.Count("colloquy.model.first_token"));
    }

    [Fact]
    public async Task A_failure_counts_under_its_code()
    {
        using var seen = new Measurements(Meters);
        using var client = new MeteredChatClient(Client(), Telemetry, Clock, new ModelHealth(Clock));
        await Assert.ThrowsAsync<ModelException>(() => Run(client, streamed: true, "[[fake fault=401]]"));
        Assert.Equal(1, seen.Sum("colloquy.model.errors", "code", ModelErrors.RefusedCredentials));
        Assert.Equal(1, seen.Sum("colloquy.model.calls", "outcome", "failed"));
    }

    [Fact]
    public async Task A_caller_that_leaves_counts_as_having_left()
    {
        using var seen = new Measurements(Meters);
        using var client = new MeteredChatClient(Client(), Telemetry, Clock, new ModelHealth(Clock));
        await foreach (var _ in client.GetStreamingResponseAsync("[[fake text=a b c]]"))
            break;
        Assert.Equal(1, seen.Sum("colloquy.model.calls", "outcome", "abandoned"));
        Assert.Equal(0, seen.Count("colloquy.model.errors"));
    }

    [Fact]
    public async Task A_span_tells_model_tokens_and_end_but_nothing_that_was_said()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ModelTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if ((string?)span.GetTagItem("gen_ai.request.model") == "spanned")
                    spans.Add(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var client = new MeteredChatClient(Client(Options with { Model = "spanned" }), Telemetry, Clock, new ModelHealth(Clock));
        await Run(client, streamed: true, "[[fake prompt=20 completion=30 text=secret words]]");
        var span = Assert.Single(spans);
        Assert.Equal("chat spanned", span.DisplayName);
        Assert.Equal(("openai", 20L, 30L), (span.GetTagItem("gen_ai.provider.name"), span.GetTagItem("gen_ai.usage.input_tokens"),
            span.GetTagItem("gen_ai.usage.output_tokens")));
        Assert.Equal(new[] { "stop" }, span.GetTagItem("gen_ai.response.finish_reasons"));
        Assert.DoesNotContain(span.TagObjects, tag => $"{tag.Value}".Contains("secret", StringComparison.Ordinal));
    }

    private static async Task Run(IChatClient client, bool streamed, string question)
    {
        if (streamed)
            await client.GetStreamingResponseAsync(question).ToChatResponseAsync();
        else
            await client.GetResponseAsync(question);
    }

    /// <summary>What the meters of one test measured.</summary>
    private sealed class Measurements : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly List<(string Name, double Value, KeyValuePair<string, object?>[] Labels)> _seen = [];

        public Measurements(IMeterFactory meters)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == meters && instrument.Meter.Name == ModelTelemetry.Name)
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) =>
                _seen.Add((instrument.Name, value, labels.ToArray())));
            _listener.SetMeasurementEventCallback<double>((instrument, value, labels, _) =>
                _seen.Add((instrument.Name, value, labels.ToArray())));
            _listener.Start();
        }

        public int Count(string name) => _seen.Count(entry => entry.Name == name);

        public double Sum(string name, string label, string value) => _seen
            .Where(entry => entry.Name == name && entry.Labels.Contains(new(label, value))).Sum(entry => entry.Value);

        public void Dispose() => _listener.Dispose();
    }
}
