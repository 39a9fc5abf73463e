using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace Colloquy.Models;

/// <summary>One call under the eyes of <see cref="ModelTelemetry"/>. A call that is neither completed nor failed was left by its
/// caller.</summary>
internal sealed class ModelCall : IDisposable
{
    private readonly ModelTelemetry _telemetry;
    private readonly ModelHealth _health;
    private readonly TimeProvider _clock;
    private readonly string _model;
    private readonly long _begun;
    private readonly Activity? _span;
    private bool _hasBegun;
    private string _outcome = "abandoned";

    public ModelCall(
        ModelTelemetry telemetry, ModelHealth health, TimeProvider clock, string model, ChatClientMetadata? metadata)
    {
        (_telemetry, _health, _clock, _model, _begun) = (telemetry, health, clock, model, clock.GetTimestamp());
        _span = ModelTelemetry.Source.StartActivity($"chat {model}", ActivityKind.Client);
        _span?.SetTag("gen_ai.operation.name", "chat").SetTag("gen_ai.provider.name", metadata?.ProviderName)
            .SetTag("gen_ai.request.model", model).SetTag("server.address", metadata?.ProviderUri?.Host);
    }

    /// <summary>The first content has come. Later ones change nothing.</summary>
    public void HasBegun()
    {
        if (_hasBegun)
            return;
        _hasBegun = true;
        _telemetry.FirstToken(_model, _clock.GetElapsedTime(_begun));
    }

    public void Answered(string? model, string? id, ChatFinishReason? finish)
    {
        if (_span is null)
            return;
        if (model is not null)
            _span.SetTag("gen_ai.response.model", model);
        if (id is not null)
            _span.SetTag("gen_ai.response.id", id);
        if (finish is { } reason)
            _span.SetTag("gen_ai.response.finish_reasons", new[] { reason.Value });
    }

    public void Used(UsageDetails? usage)
    {
        if (usage is null)
            return;
        _telemetry.Used(_model, usage.InputTokenCount, usage.OutputTokenCount);
        _span?.SetTag("gen_ai.usage.input_tokens", usage.InputTokenCount)
            .SetTag("gen_ai.usage.output_tokens", usage.OutputTokenCount);
    }

    public void Completed()
    {
        _outcome = "completed";
        _health.Succeeded(_model);
    }

    public void Failed(Exception failure)
    {
        if (failure is OperationCanceledException)
            return;
        var code = (failure as ModelException)?.Code ?? "unexpected";
        _outcome = "failed";
        _telemetry.Failed(_model, code);
        _health.Failed(_model, code);
        _span?.SetTag("error.type", code).SetStatus(ActivityStatusCode.Error, code);
    }

    public void Dispose()
    {
        _telemetry.Called(_model, _outcome, _clock.GetElapsedTime(_begun));
        _span?.Dispose();
    }
}
