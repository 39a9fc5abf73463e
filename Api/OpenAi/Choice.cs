using Colloquy.Problems;
using Colloquy.Sessions;
using Colloquy.Streams;

namespace Colloquy.OpenAi;

/// <summary>One thing that happened to one choice of a completion.</summary>
internal abstract record ChoiceNews(int Index)
{
    /// <summary>The run was accepted: a repeat of the request is told the same moment.</summary>
    public sealed record Accepted(int Index, DateTimeOffset At) : ChoiceNews(Index);

    /// <summary>Words that follow those before them.</summary>
    public sealed record Words(int Index, string Text) : ChoiceNews(Index);

    /// <summary>Nothing new, but the answer is still being written.</summary>
    public sealed record Waiting(int Index) : ChoiceNews(Index);

    /// <summary>The answer is whole.</summary>
    /// <param name="Finish"><c>stop</c> or <c>length</c>.</param>
    public sealed record Finished(int Index, RunEnd End, string Finish) : ChoiceNews(Index);

    /// <summary>There will be no answer.</summary>
    public sealed record Failed(int Index, Problem Problem) : ChoiceNews(Index);
}

/// <summary>Turns what a viewer of a run is shown into the news of one choice: a pure state machine.</summary>
/// <param name="isLive">Whether words are news before the answer is whole.</param>
/// <param name="tokensMax">Where the agent cuts its answers off.</param>
/// <param name="run">Finds the answer in what is shown.</param>
internal sealed class Choice(int index, AnswerText text, bool isLive, int tokensMax, IAnswerReading run)
{
    private bool _hasBegun;

    /// <summary>Whether the last news was said.</summary>
    public bool IsOver { get; private set; }

    public List<ChoiceNews> Take(IReadOnlyList<StreamItem> items)
    {
        var news = new List<ChoiceNews>(items.Count);
        foreach (var item in items)
        {
            if (IsOver)
                break;
            Take(item, news);
        }
        return news;
    }

    /// <summary>The stream has ended. What is missing then will not come.</summary>
    public ChoiceNews? End()
    {
        if (IsOver)
            return null;
        IsOver = true;
        return new ChoiceNews.Failed(index, RunFailures.Gone);
    }

    private void Take(StreamItem item, List<ChoiceNews> news)
    {
        switch (item)
        {
            case StreamItem.Live { Event: LiveEvent.OfText live } when !isLive || !run.IsOfAnswer(live):
                break;
            case StreamItem.Live { Event: LiveEvent.Delta delta }:
                Say(text.Add(delta.Text), news);
                break;
            case StreamItem.Live { Event: LiveEvent.Snapshot snapshot }:
                Say(text.Replace(snapshot.Text), news);
                break;
            case StreamItem.Live { Event: LiveEvent.Reset }:
                Say(text.Replace(""), news);
                break;
            case StreamItem.Durable durable:
                Read(durable.Line, news);
                break;
            case StreamItem.Heartbeat when _hasBegun:
                news.Add(new ChoiceNews.Waiting(index));
                break;
            case StreamItem.Heartbeat:
                _hasBegun = true; // the first one only says that the stream stands
                break;
        }
        if (text.IsBroken && !IsOver)
            Fail(new(OpenAiCodes.AnswerRestarted,
                "The answer had to be begun anew and differs from what was sent. Discard what came and ask again."), news);
    }

    private void Read(EventLine line, List<ChoiceNews> news)
    {
        if (line.Type is RunReading.Accepted)
            news.Add(new ChoiceNews.Accepted(index, RunReading.TimeOf(line)));
        else if (run.Take(line) is { } end)
            Finish(end, news);
    }

    private void Say(string words, List<ChoiceNews> news)
    {
        if (words.Length > 0)
            news.Add(new ChoiceNews.Words(index, words));
    }

    private void Finish(RunEnd end, List<ChoiceNews> news)
    {
        if (!end.IsCompleted)
        {
            Fail(RunFailures.Of(end.Terminal, end.Error), news);
            return;
        }
        Say(text.Finish(end.Content), news);
        if (text.IsBroken)
            return;
        // The journal does not say why the model stopped; who used up what it may say was cut off.
        var isCut = !text.IsStopped && end.IsOneCall && end.Usage.OutputTokens >= tokensMax;
        news.Add(new ChoiceNews.Finished(index, end, isCut ? "length" : "stop"));
        IsOver = true;
    }

    private void Fail(Problem problem, List<ChoiceNews> news)
    {
        news.Add(new ChoiceNews.Failed(index, problem));
        IsOver = true;
    }
}
