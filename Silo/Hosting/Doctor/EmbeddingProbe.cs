using Colloquy.Embeddings;
using Colloquy.Models;
using Colloquy.Models.OpenAi;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Colloquy.Hosting;

/// <summary>Whether the chosen embedding model makes a vector of a word, and which other providers are set up.</summary>
internal static class EmbeddingProbe
{
    private const string Name = "embeddings";

    public static async Task<Finding> Look(EmbeddingOptions options, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Doctor.Patience);
        await using var services = new ServiceCollection().AddColloquyEmbeddings(Once(options)).BuildServiceProvider();
        try
        {
            var embedder = services.GetRequiredService<IEmbedders>().Default;
            var vector = await embedder.Client.GenerateVectorAsync("word", cancellationToken: patience.Token);
            return Finding.Ok(Name, $"{embedder.Name}, vectors of {vector.Length} numbers");
        }
        catch (ModelException failure)
        {
            return Finding.Wrong(Name, $"{options.Default}: {failure.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Finding.Wrong(Name, $"{options.Default} did not answer within {Doctor.Patience.TotalSeconds} s");
        }
    }

    /// <summary>The providers that a collection may name beside the deployment's own.</summary>
    public static IEnumerable<Finding> Others(EmbeddingOptions options)
    {
        yield return Of("embeddings: OpenAI", options.OpenAi, KnownSettings.OpenAiKey, "openai/<model>");
        yield return Of("embeddings: Hugging Face", options.HuggingFace, KnownSettings.HuggingFaceToken, "hf/<organisation>/<model>");
        yield return Of("embeddings: TEI", options.Tei, KnownSettings.TeiUrl, "tei");
    }

    private static Finding Of(string name, OpenAiOptions? provider, Setting setting, string spelled) => provider is null
        ? Finding.Absent(name, $"{setting.Name} sets it up")
        : Finding.Ok(name, $"set up at {provider.BaseUrl}; collections name it {spelled}");

    // One attempt: whoever runs the doctor wants to know how it is now.
    private static EmbeddingOptions Once(EmbeddingOptions options) => options with
    {
        OpenAi = Once(options.OpenAi), HuggingFace = Once(options.HuggingFace), Tei = Once(options.Tei),
    };

    private static OpenAiOptions? Once(OpenAiOptions? options) => options is null ? null : options with { Attempts = 1 };
}
