using System.Collections.Immutable;
using System.Globalization;
using Colloquy.Budgets;
using Colloquy.Kernel;
using Colloquy.Models;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Colloquy.Selection;

/// <summary>
/// Asks the deployment's model where the ranker is not sure. It costs the tenant one short call: its tokens are reserved in the
/// budget before and settled after, and a question asked again within ten minutes is answered from memory.
/// </summary>
internal sealed partial class ModelChoice(IModelCatalogue models, IBudgetGrain budget, TimeProvider clock, ILogger logger)
{
    /// <summary>A selection is one step of a request that has seconds in all.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);

    private readonly SingleFlight<string, ModelVerdict?> _verdicts = new(
        new CacheLimits(256, 1024 * 1024, TimeSpan.FromMinutes(10)), (key, _) => (2 * key.Length) + 400, clock);
    private long _calls;

    /// <summary>Whether there is a model that could be asked: the extractive one only quotes.</summary>
    public bool IsPossible => models.Resolve(null).Name != ModelNames.Extractive && models.IsHealthy(null);

    /// <summary>The model's verdict, or null if it gave none that can be used.</summary>
    /// <param name="circumstances">What the verdict depends on beside question and candidates.</param>
    public Task<ModelVerdict?> Of(string question, ImmutableArray<Ranked> candidates, string circumstances) => _verdicts.Get(
        $"{circumstances}\n{string.Join(',', candidates.Select(one => one.Agent.Id))}\n{question}",
        _ => Ask(question, candidates), CancellationToken.None);

    private async Task<ModelVerdict?> Ask(string question, ImmutableArray<Ranked> candidates)
    {
        var (model, prompt) = (models.Resolve(null), ModelJudge.Prompt(question, candidates));
        var most = prompt.Sum(message => TokenEstimate.Of(message.Text)) + ModelJudge.OutputTokensMax;
        var operation = string.Create(
            CultureInfo.InvariantCulture, $"selection/{clock.GetUtcNow().UtcTicks}/{Interlocked.Increment(ref _calls)}");
        if (!(await budget.Reserve(operation, most)).IsGranted)
            return null;
        var spent = (long)most; // who breaks off does not hear what it cost
        using var patience = new CancellationTokenSource(Patience, clock);
        try
        {
            var answer = await model.Client.GetResponseAsync(prompt, ModelJudge.Options(), patience.Token);
            spent = answer.Usage?.TotalTokenCount ?? most;
            return ModelJudge.Read(answer.Text, candidates);
        }
        catch (Exception failure) when (failure is ModelException or OperationCanceledException)
        {
            LogNoVerdict(failure, model.Name);
            return null;
        }
        finally
        {
            await budget.Settle(operation, spent);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The model {Model} did not choose an agent; the ranker's choice stands")]
    private partial void LogNoVerdict(Exception failure, string model);
}
