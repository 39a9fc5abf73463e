using Colloquy.Kernel;

namespace Colloquy.Sessions;

/// <summary>Keeps a session's entry in the list, and the words in it, in step with its journal.</summary>
internal sealed class SessionListing(ISessionIndex index)
{
    private const int PreviewCharacters = 200;

    public Task Put(string tenant, SessionState state) => state.IsListed
        ? index.Put(Entry(tenant, state, ""), CancellationToken.None)
        : Task.CompletedTask;

    /// <summary>Lists the questions that a step answers, with their answers.</summary>
    /// <param name="before">The session before the step: it still has the questions.</param>
    public async Task Add(string tenant, SessionState before, SessionStep step)
    {
        if (!step.State.IsListed)
            return;
        foreach (var answer in step.Events.OfType<MessageCompleted>())
            if (before.Find(answer.RunId) is { } run)
            {
                await index.AddText(tenant, before.Id!, run.QuestionId, $"{run.Question}\n{answer.Content}", CancellationToken.None);
                await index.Put(Entry(tenant, step.State, run.Question), CancellationToken.None);
            }
    }

    public Task Remove(string tenant, string session) => index.Remove(tenant, session, CancellationToken.None);

    private static SessionEntry Entry(string tenant, SessionState state, string question)
    {
        var preview = question.Length > 0 ? question : state.Window.LastOrDefault()?.Question ?? "";
        return new(tenant, state.Id!, state.Owner, state.Title, state.Agent,
            Texts.First(preview, PreviewCharacters), state.CreatedAt, state.UpdatedAt);
    }
}
