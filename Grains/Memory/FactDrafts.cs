using System.Collections.Immutable;

namespace Colloquy.Memory;

/// <summary>What a command may say. Callers check what clients send; a mistake that comes here is theirs.</summary>
internal static class FactDrafts
{
    public static void Check(string operation, ImmutableArray<FactDraft> drafts)
    {
        if (operation.Length is 0 or > MemoryLimits.OperationCharacters)
            throw new ArgumentException($"1 to {MemoryLimits.OperationCharacters} characters.", nameof(operation));
        if (drafts.Length is 0 or > MemoryLimits.Drafts)
            throw new ArgumentException($"1 to {MemoryLimits.Drafts} facts.", nameof(drafts));
        foreach (var draft in drafts)
        {
            if (string.IsNullOrWhiteSpace(draft.Subject) || string.IsNullOrWhiteSpace(draft.Predicate)
                || string.IsNullOrWhiteSpace(draft.Object) || string.IsNullOrWhiteSpace(draft.Text)
                || draft.Status is not (FactStatus.Proposed or FactStatus.Confirmed))
                throw new ArgumentException("A fact has a subject, a predicate, an object, a text, and is new.", nameof(drafts));
        }
    }
}
