using System.Security.Cryptography;
using System.Text;
using Colloquy.Selection;
using Colloquy.Sessions;
using Colloquy.Tenants;
using Orleans.Storage;
using static Colloquy.Simulated.BrokenPromiseException;

namespace Colloquy.Simulated;

/// <summary>I14: what people took in the place of a choice is learned once, whatever was repeated.</summary>
internal static class LabelCheck
{
    /// <summary>Of a run that was answered, the label has arrived: it is learned before. One that was cancelled first may have
    /// taken its label with it.</summary>
    public static async Task Holds(IReadOnlyList<JournalCheck> journals, IGrainStorage documents)
    {
        var stored = new GrainState<SelectorState>(new SelectorState());
        await documents.ReadStateAsync(
            "state", GrainId.Create("selector", TenantKey.For(ConversationWorld.Tenant, "selector")), stored);
        var (state, allowed) = (stored.State ?? new SelectorState(), new HashSet<string>(StringComparer.Ordinal));
        Unless(state.Seen.Distinct(StringComparer.Ordinal).Count() == state.Seen.Length, "I14: a label was learned twice");
        Unless(state.Version == state.Seen.Length && state.Labels.Length == state.Seen.Length,
            $"I14: {state.Version} labels moved the weights, {state.Labels.Length} are kept and {state.Seen.Length} were seen");
        foreach (var journal in journals)
            foreach (var set in journal.All<SelectionOverridden>())
            {
                var taken = Hash($"{set.RunId}/taken");
                allowed.UnionWith([taken, Hash($"{set.RunId}/set-aside")]);
                var isAnswered = journal.Of(set.RunId).OfType<MessageCompleted>().Single().Finish == Finish.Completed;
                Unless(!isAnswered || state.Seen.Contains(taken, StringComparer.Ordinal),
                    $"I14: {set.Taken} was taken in {set.RunId} in the place of {set.Chosen}, and nobody learned it");
            }
        Unless(state.Seen.All(allowed.Contains), "I14: something was learned that nobody said");
    }

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32];
}
