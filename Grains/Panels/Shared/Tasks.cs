namespace Colloquy.Panels.Shared;

/// <summary>What seats are told in phases that several protocols share.</summary>
internal static class Tasks
{
    public const string Draft =
        "Answer the question by yourself, as the expert that you are. Nobody has seen your answer and you have seen nobody's. Say "
        + "what you rest it on, and what you are not sure of.";

    public const string Synthesize =
        "You chair this panel and have no position of your own. Bring the answers of the experts together into one answer to the "
        + "question: what they agree on first, then where they differ and on what the difference rests. Say nothing that none of "
        + "them said, and do not call a majority right because it is one.";
}
