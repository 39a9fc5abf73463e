using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Colloquy.Models;

namespace Colloquy.Embeddings;

/// <summary>Opens the deployment's embedders to callers. It holds nothing.</summary>
[GrainType("embedder")]
internal sealed class EmbedderGrain(IEmbedders embedders) : Grain, IEmbedderGrain
{
    private const string OpenAiModels = "text-embedding-";

    public async Task<EmbedResult> Embed(string? model, ImmutableArray<string> texts)
    {
        try
        {
            var embedder = embedders.Resolve(NameOf(model));
            var made = await embedder.Client.GenerateAsync(texts);
            return new(EmbedStatus.Done, embedder.Name,
                [.. made.Select(one => ImmutableCollectionsMarshal.AsImmutableArray(one.Vector.ToArray()))],
                texts.Sum(text => (long)TokenEstimate.Of(text)));
        }
        catch (EmbedderMissingException missing)
        {
            return new(EmbedStatus.EmbedderMissing, Name: missing.Setting);
        }
        catch (ModelException failure)
        {
            return new(EmbedStatus.EmbedderFailed, Name: failure.Code);
        }
    }

    public Task<ImmutableArray<string>> Models() => Task.FromResult(embedders.Names);

    private static string? NameOf(string? model) => model is "auto" ? null
        : model?.StartsWith(OpenAiModels, StringComparison.Ordinal) is true ? $"openai/{model}"
        : model;
}
