namespace Colloquy.Panels;

/// <summary>The ways in which a panel comes to an outcome: literals of the wire and of journals.</summary>
public static class PanelProtocols
{
    /// <summary>Everybody answers alone; a chair brings the answers together.</summary>
    public const string Parallel = "parallel";

    /// <summary>One after the other, each building on those before.</summary>
    public const string Roundtable = "roundtable";

    /// <summary>Everybody answers alone, then all vote on the answers or on given options.</summary>
    public const string Vote = "vote";

    /// <summary>Answers are criticised and revised until enough agree.</summary>
    public const string Consensus = "consensus";

    /// <summary>Anonymous estimates, shown the spread of the last round, until they are stable.</summary>
    public const string Delphi = "delphi";

    /// <summary>A proposer, a challenger, and a judge.</summary>
    public const string Adversarial = "adversarial";

    /// <summary>A questioner who may only ask, and who answers.</summary>
    public const string Socratic = "socratic";

    /// <summary>An author's text, judged by criteria: accept, minor, major or reject.</summary>
    public const string Review = "review";
}

/// <summary>What seats are asked for in a round.</summary>
public static class PanelPhases
{
    public const string Draft = "draft";
    public const string Speak = "speak";
    public const string Critique = "critique";
    public const string Revise = "revise";
    public const string Estimate = "estimate";
    public const string Ballot = "ballot";
    public const string Propose = "propose";
    public const string Challenge = "challenge";
    public const string Rebut = "rebut";
    public const string Judge = "judge";
    public const string Question = "question";
    public const string Answer = "answer";
    public const string Review = "review";
    public const string Synthesize = "synthesize";

    /// <summary>Whether what is said in this phase is the seat's position on the question.</summary>
    public static bool IsPosition(string phase) =>
        phase is Draft or Speak or Revise or Estimate or Propose or Challenge or Rebut or Answer;

    /// <summary>Whether what is said in this phase decides between positions.</summary>
    public static bool IsVote(string phase) => phase is Ballot or Judge or Review;
}

/// <summary>What a seat is on its panel for.</summary>
public static class SeatRoles
{
    public const string Member = "member";

    /// <summary>Has no vote and no position: brings together what the members say.</summary>
    public const string Chair = "chair";
    public const string Proposer = "proposer";
    public const string Challenger = "challenger";
    public const string Judge = "judge";
    public const string Questioner = "questioner";
    public const string Respondent = "respondent";
    public const string Author = "author";
    public const string Reviewer = "reviewer";
}

/// <summary>How a vote is counted.</summary>
public static class VoteRules
{
    public const string Majority = "majority";
    public const string Weighted = "weighted";
    public const string Borda = "borda";
}

/// <summary>How a panel ended.</summary>
public static class PanelDecisions
{
    /// <summary>By its rule.</summary>
    public const string Decided = "decided";

    /// <summary>The rule could not decide: all rounds are used up, or a tie stands. The answer is the strongest position.</summary>
    public const string Undecided = "undecided";

    /// <summary>Too few were there. There is no answer.</summary>
    public const string NoQuorum = "no_quorum";
}

/// <summary>Why a seat said nothing in a round.</summary>
public static class AbsenceReasons
{
    public const string Deadline = "deadline";
    public const string Failed = "failed";
    public const string Budget = "budget";
    public const string Declined = "declined";
}

/// <summary>What a panel may hold, and how long things may take, each with its reason.</summary>
public static class PanelLimits
{
    /// <summary>Seats with a position, without the chair. More voices repeat each other and each costs a model call a round.</summary>
    public const int SeatsMax = 12;

    public const int SeatsMin = 2;

    /// <summary>Passes of a protocol through its phases. More rounds before a decision have been found to hurt it.</summary>
    public const int CyclesMax = 6;

    /// <summary>Rounds that a panel may open, whatever its protocol: the last guard against one that never ends.</summary>
    public const int RoundsMax = 96;

    public const int QuestionCharacters = 8_000;

    /// <summary>Characters of what a seat says in a round.</summary>
    public const int TextCharacters = 16_000;

    /// <summary>Characters of it that other seats are shown, and that the state keeps: the journal has it whole.</summary>
    public const int ShownCharacters = 4_000;

    /// <summary>Options, criteria, points and rankings have at most so many entries.</summary>
    public const int ListMax = 12;

    /// <summary>Characters of a stance, an option, a criterion or a point.</summary>
    public const int LineCharacters = 500;

    /// <summary>How large an estimate may be, either way: up to here all whole numbers are exact.</summary>
    public const double EstimateMost = 1e15;

    /// <summary>How large a seed may be, either way: a journal's numbers are doubles, and one that is rounded when it is read again
    /// would give every seat another letter after a crash.</summary>
    public const long SeedMost = (1L << 53) - 1;

    /// <summary>Citations of one contribution.</summary>
    public const int Citations = 12;

    /// <summary>Remarks of people between rounds.</summary>
    public const int SteeringMax = 16;

    public const int SteeringCharacters = 2_000;

    /// <summary>Characters of a person's name.</summary>
    public const int NameCharacters = 100;

    /// <summary>Characters of a text that is given to be judged.</summary>
    public const int SubjectCharacters = 16_000;

    /// <summary>Earlier outcomes that a standing panel's members are told of.</summary>
    public const int Precedents = 3;

    /// <summary>How long an agent has for a round, unless the panel says otherwise.</summary>
    public static readonly TimeSpan SeatTime = TimeSpan.FromSeconds(60);

    public static readonly TimeSpan SeatTimeMin = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan SeatTimeMax = TimeSpan.FromMinutes(10);

    /// <summary>How long a person has for a round, unless the panel says otherwise.</summary>
    public static readonly TimeSpan PersonTime = TimeSpan.FromHours(1);

    public static readonly TimeSpan PersonTimeMax = TimeSpan.FromDays(7);

    /// <summary>How long a panel of agents alone may take, unless it says otherwise.</summary>
    public static readonly TimeSpan PanelTime = TimeSpan.FromMinutes(30);

    public static readonly TimeSpan PanelTimeMax = TimeSpan.FromDays(30);

    /// <summary>How often seats that have not answered are asked again: they know a repeat, and a silo may have died.</summary>
    public static readonly TimeSpan AskAgainEvery = TimeSpan.FromSeconds(3);

    /// <summary>How long <see cref="IPanelGrain.Await"/> waits at most: below the engine's time-out of a call.</summary>
    public static readonly TimeSpan AwaitMost = TimeSpan.FromSeconds(3);
}
