using Microsoft.Extensions.AI;

namespace Colloquy.Models;

/// <summary>The models that this deployment answers with.</summary>
public interface IModelCatalogue
{
    /// <summary>
    /// The model of a name, or the deployment's own for null and blank. Never throws for a name it does not know: a deployment
    /// with a model service passes any name on, and the service's refusal is a <see cref="ModelException"/> of the call; one
    /// without answers with the extractive model, and says so in <see cref="ModelHandle.Name"/>.
    /// </summary>
    ModelHandle Resolve(string? model);

    /// <summary>The names known before a call, the default first; never empty.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Whether the model of a name answered lately, so that work may be given to it; a catalogue that does not watch its
    /// models calls all of them healthy.</summary>
    bool IsHealthy(string? model) => true;
}

/// <summary>Names of models that mean something to everybody.</summary>
public static class ModelNames
{
    /// <summary>The model of a deployment without a model service: it only quotes.</summary>
    public const string Extractive = "extractive";
}

/// <summary>A model that can be called.</summary>
/// <param name="Name">What usage, prices and viewers call it. May differ from the name that was asked for.</param>
/// <param name="Client">
/// Shared by all callers, who do not dispose of it. Retries and timeouts are its own affair, so callers add none; what it could
/// not mend it throws as a <see cref="ModelException"/>, and a caller's cancellation as <see cref="OperationCanceledException"/>.
/// </param>
/// <param name="ContextTokens">How many tokens question and answer may have together.</param>
public sealed record ModelHandle(string Name, IChatClient Client, int ContextTokens);
