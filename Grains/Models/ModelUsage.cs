using Colloquy.Runs;
using Microsoft.Extensions.AI;

namespace Colloquy.Models;

/// <summary>What models count, in our terms.</summary>
internal static class ModelUsage
{
    /// <summary>What a model does not say counts as none.</summary>
    public static Usage Of(UsageDetails? details) => new(details?.InputTokenCount ?? 0, details?.OutputTokenCount ?? 0);
}
