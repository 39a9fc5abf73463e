using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Colloquy.OpenAi;

/// <summary>Several streams read as one, each in its own order.</summary>
internal static class Merging
{
    private const int WaitingMax = 16; // batches; a slow reader slows all streams down

    /// <summary>Ends with the last stream, with the first that fails, or when the reader leaves.</summary>
    public static async IAsyncEnumerable<T> Merge<TSource, T>(
        IReadOnlyList<TSource> sources, Func<TSource, CancellationToken, IAsyncEnumerable<T>> open,
        [EnumeratorCancellation] CancellationToken left)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(left);
        var channel = Channel.CreateBounded<T>(new BoundedChannelOptions(WaitingMax) { SingleReader = true });
        var all = PumpAll(sources, open, channel.Writer, leaving.Token);
        try
        {
            while (await Next(channel.Reader, left))
                while (channel.Reader.TryRead(out var item))
                    yield return item;
        }
        finally
        {
            await leaving.CancelAsync();
            await all;
        }
    }

    private static async Task<bool> Next<T>(ChannelReader<T> reader, CancellationToken left)
    {
        try
        {
            return await reader.WaitToReadAsync(left);
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            return false; // as a single stream does: it just ends
        }
    }

    /// <summary>Never throws: what goes wrong reaches the reader through the channel.</summary>
    private static async Task PumpAll<TSource, T>(
        IReadOnlyList<TSource> sources, Func<TSource, CancellationToken, IAsyncEnumerable<T>> open, ChannelWriter<T> writer,
        CancellationToken left)
    {
        try
        {
            await Task.WhenAll(sources.Select(source => Pump(open(source, left), writer, left)));
            writer.TryComplete();
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !left.IsCancellationRequested)
        {
            writer.TryComplete(failure);
        }
        catch (OperationCanceledException)
        {
            writer.TryComplete();
        }
    }

    private static async Task Pump<T>(IAsyncEnumerable<T> source, ChannelWriter<T> writer, CancellationToken left)
    {
        await foreach (var item in source.WithCancellation(left))
            await writer.WriteAsync(item, left);
    }
}
