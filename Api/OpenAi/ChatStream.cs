using Colloquy.Problems;
using Colloquy.Streams;
using Microsoft.AspNetCore.Http.Features;

namespace Colloquy.OpenAi;

/// <summary>
/// Writes a completion while it is being written. The status is held back until the first words, so that a run that fails
/// before them is an HTTP error, which clients know how to raise and repeat.
/// </summary>
internal sealed class ChatStream(HttpContext context, CompletionHead head, ChatRequest request)
{
    private readonly Wire _wire = new(context.Response.BodyWriter);
    private readonly bool[] _hasRole = new bool[request.Choices];
    private readonly ChoiceNews.Finished?[] _finished = new ChoiceNews.Finished?[request.Choices];
    private CompletionHead _head = head;
    private bool _hasBegun;

    /// <summary>True if the client has its answer; false if it left, or was told of a failure.</summary>
    public async Task<bool> Write(IAsyncEnumerable<IReadOnlyList<ChoiceNews>> news)
    {
        try
        {
            await foreach (var batch in news)
            {
                if (batch.OfType<ChoiceNews.Failed>().FirstOrDefault() is { } failed)
                    return await Fail(failed.Problem);
                foreach (var one in batch)
                    Write(one);
                if (_hasBegun)
                    await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
            }
            if (Array.Exists(_finished, end => end is null))
                return false;
            if (request.WantsUsage)
                _wire.Usage(_head, _finished!);
            _wire.Done();
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
            return true;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Write(ChoiceNews news)
    {
        if (news is ChoiceNews.Accepted accepted)
        {
            if (!_hasBegun && accepted.Index == 0)
                _head = _head with { Created = accepted.At.ToUnixTimeSeconds() };
            return;
        }
        Begin();
        if (news is ChoiceNews.Waiting)
        {
            _wire.Heartbeat();
            return;
        }
        if (!_hasRole[news.Index])
        {
            _hasRole[news.Index] = true;
            _wire.Role(_head, news.Index, request.WantsUsage);
        }
        if (news is ChoiceNews.Words words)
        {
            _wire.Words(_head, words.Index, request.WantsUsage, words.Text);
        }
        else if (news is ChoiceNews.Finished end)
        {
            _finished[end.Index] = end;
            _wire.Finish(_head, end, request.WantsUsage);
        }
    }

    /// <summary>An error instead of the answer, or in the middle of it. No <c>[DONE]</c> follows, for it is not done.</summary>
    private async Task<bool> Fail(Problem problem)
    {
        if (!_hasBegun)
        {
            await ProblemWriter.Write(context, problem);
            return false;
        }
        _wire.ErrorEvent(OpenAiError.Of(problem, context.Request));
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        return false;
    }

    private void Begin()
    {
        if (_hasBegun)
            return;
        _hasBegun = true;
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var response = context.Response;
        response.ContentType = $"{StreamFormats.Sse}; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no"; // proxies that gather would hold the words back
    }
}
