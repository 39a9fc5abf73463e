using System.Text;
using Colloquy.Problems;

namespace Colloquy.OpenAi;

/// <summary>Writes a completion once all of its choices are whole.</summary>
internal static class WholeAnswer
{
    /// <summary>True if the client has its answer; false if it left, or was told of a failure.</summary>
    public static async Task<bool> Write(
        HttpContext context, CompletionHead head, int choices, IAsyncEnumerable<IReadOnlyList<ChoiceNews>> news)
    {
        var finished = new ChoiceNews.Finished?[choices];
        var texts = Enumerable.Range(0, choices).Select(_ => new StringBuilder()).ToArray();
        await foreach (var batch in news)
        {
            foreach (var one in batch)
            {
                switch (one)
                {
                    case ChoiceNews.Accepted { Index: 0 } accepted:
                        head = head with { Created = accepted.At.ToUnixTimeSeconds() };
                        break;
                    case ChoiceNews.Words words:
                        texts[words.Index].Append(words.Text);
                        break;
                    case ChoiceNews.Finished end:
                        finished[end.Index] = end;
                        break;
                    case ChoiceNews.Failed failed:
                        await ProblemWriter.Write(context, failed.Problem);
                        return false;
                }
            }
        }
        if (context.RequestAborted.IsCancellationRequested || Array.Exists(finished, end => end is null))
            return false;
        await new OpenAiResult(wire => wire.Completion(head, finished!, [.. texts.Select(text => text.ToString())]))
            .ExecuteAsync(context);
        return true;
    }
}
