using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Colloquy.Embeddings;

/// <summary>Which embedding models a deployment has.</summary>
public static class EmbeddingHosting
{
    /// <summary>Registers the embedders, unless the host has some.</summary>
    public static IServiceCollection AddColloquyEmbeddings(this IServiceCollection services, EmbeddingOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.TryAddSingleton<EmbeddingTelemetry>();
        services.TryAddSingleton<IEmbedders>(provider => new Embedders(
            options, provider.GetRequiredService<EmbeddingTelemetry>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
