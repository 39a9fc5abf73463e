using Colloquy.Sessions;
using Colloquy.Streams;

namespace Colloquy.OpenAi;

/// <summary>Finds the answer in what a viewer of a run is shown.</summary>
internal interface IAnswerReading
{
    /// <summary>Whether these live words are the answer's.</summary>
    bool IsOfAnswer(LiveEvent.OfText live);

    /// <summary>Takes the next committed event. Answers the run's end with its last one.</summary>
    RunEnd? Take(EventLine line);
}
