namespace Colloquy.Sessions;

/// <summary>
/// The list of a tenant's sessions, newest first, and the words in them. It is derived: every entry can be written again from
/// the session's journal, and a repeat changes nothing.
/// </summary>
public interface ISessionIndex
{
    /// <summary>Writes or replaces an entry. Durable on return.</summary>
    Task Put(SessionEntry entry, CancellationToken cancellation);

    /// <summary>Adds searchable text under a message id, replacing what that id had. Durable on return.</summary>
    Task AddText(string tenant, string session, string messageId, string text, CancellationToken cancellation);

    /// <summary>Entries of a tenant by falling <see cref="SessionEntry.UpdatedAt"/>, then id.</summary>
    /// <param name="words">Every word must occur in the title or a message; the last one may be a beginning. Null lists all.</param>
    /// <param name="after">Where the page before ended, or null.</param>
    Task<IReadOnlyList<SessionEntry>> List(
        string tenant, string? words, SessionPosition? after, int limit, CancellationToken cancellation);

    /// <summary>Removes the entry and all its text.</summary>
    Task Remove(string tenant, string session, CancellationToken cancellation);
}

/// <summary>One line of the list.</summary>
/// <param name="Owner">Who began the session: the id of a credential or user.</param>
/// <param name="Preview">The beginning of the last question, at most 200 characters.</param>
public sealed record SessionEntry(
    string Tenant, string Session, string Owner, string Title, string? Agent, string Preview,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>A place in the list.</summary>
public readonly record struct SessionPosition(DateTimeOffset UpdatedAt, string Session);
