using System.Collections.Frozen;

namespace Colloquy.Problems;

/// <summary>A kind of refusal or fault: its stable name for programs, its status, and its title for people.</summary>
internal sealed record ProblemCode(string Code, int Status, string Title);

/// <summary>Every problem that the API can answer with. Codes are part of the contract: they are added, never changed.</summary>
internal static class ProblemCodes
{
    public static readonly ProblemCode InvalidRequest = new("invalid_request", 400, "The request is malformed");
    public static readonly ProblemCode CursorInvalid = new("cursor_invalid", 400, "The cursor is not one of this list or stream");
    public static readonly ProblemCode MemoryScopeInvalid = new("memory_scope_invalid", 400, "There is no such scope of memory");
    public static readonly ProblemCode IdempotencyKeyInvalid = new("idempotency_key_invalid", 400,
        "The Idempotency-Key is not usable");
    public static readonly ProblemCode Unauthenticated = new("unauthenticated", 401, "The credential is missing or not valid");
    public static readonly ProblemCode BudgetExhausted = new("budget_exhausted", 402, "The budget does not allow this");
    public static readonly ProblemCode Forbidden = new("forbidden", 403, "The credential's role does not allow this");
    public static readonly ProblemCode NotFound = new("not_found", 404, "There is nothing at this address");
    public static readonly ProblemCode SessionNotFound = new("session_not_found", 404, "The session does not exist");
    public static readonly ProblemCode MessageNotFound = new("message_not_found", 404, "The session has no such message");
    public static readonly ProblemCode RunNotFound = new("run_not_found", 404, "The run does not exist");
    public static readonly ProblemCode AgentNotFound = new("agent_not_found", 404, "The agent does not exist");
    public static readonly ProblemCode VersionNotFound = new("version_not_found", 404, "The agent has no such version");
    public static readonly ProblemCode TenantNotFound = new("tenant_not_found", 404, "The tenant does not exist");
    public static readonly ProblemCode KeyNotFound = new("key_not_found", 404, "The tenant has no such key");
    public static readonly ProblemCode DocumentNotFound = new("document_not_found", 404, "The document does not exist");
    public static readonly ProblemCode FeedbackTargetNotFound = new("feedback_target_not_found", 404,
        "What the feedback is about does not exist");
    public static readonly ProblemCode FactNotFound = new("fact_not_found", 404, "The memory has no such fact");
    public static readonly ProblemCode CollectionNotFound = new("collection_not_found", 404, "The collection does not exist");
    public static readonly ProblemCode StandingPanelNotFound = new("standing_panel_not_found", 404,
        "The standing panel does not exist");
    public static readonly ProblemCode PanelNotFound = new("panel_not_found", 404, "The panel does not exist");
    public static readonly ProblemCode SeatNotFound = new("seat_not_found", 404, "The panel has no such seat");
    public static readonly ProblemCode MethodNotAllowed = new("method_not_allowed", 405, "The address does not know this method");
    public static readonly ProblemCode NotAcceptable = new("not_acceptable", 406, "None of the accepted formats can be given");
    public static readonly ProblemCode RequestTimeout = new("request_timeout", 408, "The request came too slowly");
    public static readonly ProblemCode SessionBusy = new("session_busy", 409, "The session is answering another message");
    public static readonly ProblemCode QueueFull = new("queue_full", 409, "Too many messages wait for an answer");
    public static readonly ProblemCode SessionExists = new("session_exists", 409, "The session exists already");
    public static readonly ProblemCode TenantExists = new("tenant_exists", 409, "There is another tenant of this id");
    public static readonly ProblemCode AgentExists = new("agent_exists", 409, "There is another agent of this id");
    public static readonly ProblemCode AgentBuiltIn = new("agent_built_in", 409, "The agent is built in");
    public static readonly ProblemCode CollectionExists = new("collection_exists", 409, "There is another collection of this id");
    public static readonly ProblemCode CollectionBuiltIn = new("collection_built_in", 409, "The collection is built in");
    public static readonly ProblemCode CollectionBusy = new("collection_busy", 409, "The collection is being indexed anew");
    public static readonly ProblemCode StandingPanelExists = new("standing_panel_exists", 409,
        "There is another standing panel of this id");
    public static readonly ProblemCode NothingToPublish = new("nothing_to_publish", 409, "The agent has no unpublished change");
    public static readonly ProblemCode KeyAlreadyShown = new("key_already_shown", 409, "The key was made and shown once");
    public static readonly ProblemCode LimitReached = new("limit_reached", 409, "There are as many of these as may be");
    public static readonly ProblemCode MemoryFull = new("memory_full", 409, "The memory holds as many facts as it may");
    public static readonly ProblemCode FactSuperseded = new("fact_superseded", 409,
        "Another fact has taken the place of this one");
    public static readonly ProblemCode PanelEnded = new("panel_ended", 409, "The panel has ended");
    public static readonly ProblemCode SeatNotAwaited = new("seat_not_awaited", 409, "The seat is not awaited in this round");
    public static readonly ProblemCode ContentTooLarge = new("content_too_large", 413, "The content is too long");
    public static readonly ProblemCode BodyTooLarge = new("body_too_large", 413, "The request body is too large");
    public static readonly ProblemCode UriTooLong = new("uri_too_long", 414, "The address is too long");
    public static readonly ProblemCode UnsupportedMediaType = new("unsupported_media_type", 415,
        "The content type is not supported");
    public static readonly ProblemCode InvalidValue = new("invalid_value", 422, "A value is not allowed");
    public static readonly ProblemCode IdempotencyKeyReused =
        new("idempotency_key_reused", 422, "The Idempotency-Key was used with another request");
    public static readonly ProblemCode ModeUnavailable = new("mode_unavailable", 422, "This mode is not available");
    public static readonly ProblemCode ToolUnavailable = new("tool_unavailable", 422, "A named tool is not available");
    public static readonly ProblemCode AgentRequired = new("agent_required", 422,
        "Neither the session nor the message names an agent");
    public static readonly ProblemCode UnknownAgent = new("unknown_agent", 422, "The named agent does not exist");
    public static readonly ProblemCode CannotCompose = new("cannot_compose", 422, "No panel can be composed for this question");
    public static readonly ProblemCode UnknownStandingPanel =
        new("unknown_standing_panel", 422, "The named standing panel does not exist");
    public static readonly ProblemCode SeatNotPersonal = new("seat_not_personal", 422, "The seat is no person's");
    public static readonly ProblemCode UnknownCollection = new("unknown_collection", 422, "A named collection does not exist");
    public static readonly ProblemCode DocumentTypeUnavailable =
        new("document_type_unavailable", 422, "Documents of this media type cannot be read");
    public static readonly ProblemCode EmbedderMissing = new("embedder_missing", 422, "The embedding model is not configured");
    public static readonly ProblemCode ExportInvalid = new("export_invalid", 422, "The content is no whole and unchanged export");
    public static readonly ProblemCode TooManyRequests = new("too_many_requests", 429, "Too many requests");
    public static readonly ProblemCode HeadersTooLarge = new("headers_too_large", 431, "The request headers are too large");
    public static readonly ProblemCode Internal = new("internal", 500, "Something went wrong on our side");
    public static readonly ProblemCode EmbedderFailed = new("embedder_failed", 502, "The embedding model did not answer");
    public static readonly ProblemCode IndexMissing = new("index_missing", 503, "This deployment has no index for documents");
    public static readonly ProblemCode Unavailable = new("unavailable", 503, "The service cannot answer at the moment");
    public static readonly ProblemCode Timeout = new("timeout", 504, "The answer took too long");

    public static readonly IReadOnlyList<ProblemCode> All =
    [
        InvalidRequest, CursorInvalid, MemoryScopeInvalid, IdempotencyKeyInvalid, Unauthenticated, BudgetExhausted,
        Forbidden, NotFound, SessionNotFound, MessageNotFound, RunNotFound, AgentNotFound, VersionNotFound,
        TenantNotFound, KeyNotFound, DocumentNotFound, FeedbackTargetNotFound, FactNotFound, CollectionNotFound,
        MethodNotAllowed, NotAcceptable, RequestTimeout, SessionBusy, QueueFull, SessionExists, TenantExists,
        AgentExists, AgentBuiltIn, CollectionExists, CollectionBuiltIn, CollectionBusy, NothingToPublish,
        KeyAlreadyShown, LimitReached, MemoryFull, FactSuperseded, ContentTooLarge, BodyTooLarge, UriTooLong,
        UnsupportedMediaType, InvalidValue, IdempotencyKeyReused, ModeUnavailable, ToolUnavailable, AgentRequired,
        UnknownAgent, UnknownCollection, DocumentTypeUnavailable, EmbedderMissing, ExportInvalid, TooManyRequests,
        StandingPanelNotFound, StandingPanelExists,
        HeadersTooLarge, Internal, EmbedderFailed, IndexMissing, Unavailable, Timeout, PanelNotFound, SeatNotFound, PanelEnded,
        SeatNotAwaited, CannotCompose, UnknownStandingPanel, SeatNotPersonal,
    ];

    // What the framework refuses by a bare status.
    private static readonly FrozenDictionary<int, ProblemCode> ByStatus = new[]
    {
        InvalidRequest, Unauthenticated, Forbidden, NotFound, MethodNotAllowed, NotAcceptable, RequestTimeout, BodyTooLarge,
        UriTooLong, UnsupportedMediaType, InvalidValue, TooManyRequests, HeadersTooLarge, Internal, Unavailable, Timeout,
    }.ToFrozenDictionary(code => code.Status);

    /// <summary>The general problem of a status.</summary>
    public static ProblemCode Of(int status) =>
        ByStatus.GetValueOrDefault(status) ?? (status < 500 ? InvalidRequest with { Status = status } : Internal);
}
