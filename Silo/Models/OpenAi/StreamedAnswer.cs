using System.ClientModel;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace Colloquy.Models.OpenAi;

/// <summary>An answer under way: reads what means something, and knows whether it has come to its end.</summary>
internal sealed class StreamedAnswer : IAsyncDisposable
{
    private readonly CallTime _time;
    private readonly CallTime.Silence _silence;
    private readonly TimeProvider _clock;
    private readonly IAsyncEnumerator<StreamingChatCompletionUpdate> _events;
    private readonly StreamedToolCalls _tools = new();
    private bool _hasEvents;
    private bool _hasBegun;
    private bool _isWhole;

    public StreamedAnswer(
        Func<CancellationToken, AsyncCollectionResult<StreamingChatCompletionUpdate>> open, CallTime time, TimeProvider clock)
    {
        (_time, _clock, _silence) = (time, clock, time.ListenForFirst());
        _events = open(_silence.Token).GetAsyncEnumerator(_silence.Token);
    }

    /// <summary>What <see cref="Next"/> found.</summary>
    public ChatResponseUpdate Current { get; private set; } = new();

    /// <summary>Waits for the next update that holds something. False at the end of a whole answer.</summary>
    /// <exception cref="ModelException">The answer is not whole and goes no further.</exception>
    public async Task<bool> Next()
    {
        while (await Read() is { } read)
        {
            StreamErrors.ThrowIfError(read);
            _isWhole |= read.FinishReason is not null;
            Current = StreamedUpdate.From(read, _tools);
            var isToken = Current.Contents.Count > 0 || read.ToolCallUpdates.Count > 0;
            if (isToken || _hasBegun)
                _silence.Broken();
            _hasBegun |= isToken;
            if (Current.Contents.Count > 0 || Current.FinishReason is not null)
                return true;
        }

        return false;
    }

    public async ValueTask DisposeAsync()
    {
        // Closes the connection if the answer is still under way: that is how the service learns that nobody listens.
        await _events.DisposeAsync();
        _silence.Dispose();
    }

    private async Task<StreamingChatCompletionUpdate?> Read()
    {
        try
        {
            if (await _events.MoveNextAsync())
            {
                _hasEvents = true;
                return _events.Current;
            }
        }
        catch (Exception thrown)
        {
            _time.ThrowIfOver();
            if (_isWhole)
                return null; // only the token counts were still to come
            _silence.ThrowIfTooLong();
            throw OpenAiErrors.From(thrown, _hasEvents, _clock);
        }

        // An end without a reason to end: some proxies close a connection that they lost as if all were well.
        return _isWhole ? null
            : _hasEvents ? throw new ModelException(ModelErrors.StreamCut, "The answer ended before the model had finished it.")
            : throw new ModelException(ModelErrors.BadAnswer, "The service's answer holds no event of OpenAI's protocol.");
    }
}
