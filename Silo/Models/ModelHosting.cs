using Colloquy.Models.Extractive;
using Colloquy.Models.OpenAi;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Colloquy.Models;

/// <summary>Which models a deployment has.</summary>
public static class ModelHosting
{
    /// <summary>Registers the catalogue, unless the host has one: of the model service, or of the extractive model without
    /// it.</summary>
    public static IServiceCollection AddColloquyModels(this IServiceCollection services, OpenAiOptions? openAi)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.TryAddSingleton<ModelTelemetry>();
        services.TryAddSingleton<IModelCatalogue>(provider =>
        {
            var (clock, telemetry) = (provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ModelTelemetry>());
            var health = new ModelHealth(clock);
            return openAi is null
                ? new ExtractiveCatalogue(Metered(new ExtractiveChatClient()))
                : new OpenAiCatalogue(openAi, Metered(new OpenAiChatClient(openAi, clock, telemetry)), health);

            MeteredChatClient Metered(IChatClient client) => new(client, telemetry, clock, health);
        });
        return services;
    }
}
