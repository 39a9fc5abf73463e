using System.Globalization;
using Colloquy.Journals;
using Colloquy.Selection;
using Colloquy.Sessions;
using Colloquy.Tools;
using Orleans.Embedded;
using Orleans.Storage;

namespace Colloquy.Simulated;

/// <summary>Says that it was appended, and appends afterwards.</summary>
internal sealed record AcknowledgesBeforeAppending : Parts
{
    public override IJournalStore Journal(IJournalStore store, Simulation simulation) => new Wrong(store, simulation);

    private sealed class Wrong(IJournalStore store, Simulation simulation) : JournalDecorator(store)
    {
        public override Task<AppendOutcome> Append(JournalAppend append, CancellationToken cancellation)
        {
            _ = Later(append);
            return Task.FromResult(new AppendOutcome(AppendStatus.Appended, append.Head + append.Lines.Count));
        }

        private async Task Later(JournalAppend append)
        {
            await Task.Delay(simulation.Duration(TimeSpan.FromMilliseconds(50)), simulation.Time);
            await base.Append(append, CancellationToken.None);
        }
    }
}

/// <summary>Remembers no operation.</summary>
internal sealed record ForgetsOperations : Parts
{
    public override IJournalStore Journal(IJournalStore store, Simulation simulation) => new Wrong(store);

    private sealed class Wrong(IJournalStore store) : JournalDecorator(store)
    {
        public override Task<AppendOutcome> Append(JournalAppend append, CancellationToken cancellation) =>
            base.Append(append with { Operation = null }, cancellation);
    }
}

/// <summary>Lets everybody append, whoever holds the journal.</summary>
internal sealed record HasNoFence : Parts
{
    public override IJournalStore Journal(IJournalStore store, Simulation simulation) => new Wrong(store);

    private sealed class Wrong(IJournalStore store) : JournalDecorator(store)
    {
        private readonly Dictionary<string, long> _epochs = new(StringComparer.Ordinal);

        public override async Task<JournalClaim> Claim(string journal, CancellationToken cancellation)
        {
            var claim = await base.Claim(journal, cancellation);
            _epochs[journal] = claim.Epoch;
            return claim;
        }

        public override async Task<AppendOutcome> Append(JournalAppend append, CancellationToken cancellation)
        {
            var waved = append with { Epoch = _epochs[append.Journal] };
            var outcome = await base.Append(waved, cancellation);
            if (outcome.Status is not AppendStatus.Conflict)
                return outcome;
            await base.Append(waved with { Head = outcome.Head, Snapshot = null }, cancellation);
            return new(AppendStatus.Appended, append.Head + append.Lines.Count);
        }

        public override Task<bool> Renew(string journal, long epoch, DateTimeOffset deadline, CancellationToken cancellation) =>
            base.Renew(journal, _epochs[journal], deadline, cancellation);
    }
}

/// <summary>Gives the tool another key with every call.</summary>
internal sealed record MakesUpToolKeys : Parts
{
    public override ITool Tool(string name, SideEffect effect, Outside outside, Simulation simulation, Sky sky) =>
        new Wrong(name, effect, outside, simulation, sky);

    private sealed class Wrong(string name, SideEffect effect, Outside outside, Simulation simulation, Sky sky)
        : SimulatedTool(name, effect, outside, simulation, sky)
    {
        private int _calls;

        protected override string KeyOf(ToolInvocation invocation) =>
            string.Create(CultureInfo.InvariantCulture, $"key {++_calls}");
    }
}

/// <summary>Keeps no index of open work.</summary>
internal sealed record KeepsNoOpenWork : Parts
{
    public override IJournalStore Journal(IJournalStore store, Simulation simulation) => new Wrong(store);

    private sealed class Wrong(IJournalStore store) : JournalDecorator(store)
    {
        public override Task<AppendOutcome> Append(JournalAppend append, CancellationToken cancellation) =>
            base.Append(append with { Work = WorkChange.Unchanged }, cancellation);

        public override Task<bool> Renew(string journal, long epoch, DateTimeOffset deadline, CancellationToken cancellation) =>
            Task.FromResult(true);
    }
}

/// <summary>Writes documents without looking at what is there: a budget is checked, and then charged.</summary>
internal sealed record IgnoresEtags : Parts
{
    public override IGrainStorage Documents(IGrainStorage storage) => new Wrong(storage);

    private sealed class Wrong(IGrainStorage storage) : IGrainStorage
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            storage.ReadStateAsync(stateName, grainId, grainState);

        public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            var there = new GrainState<T>();
            await storage.ReadStateAsync(stateName, grainId, there);
            (grainState.ETag, grainState.RecordExists) = (there.ETag, there.RecordExists);
            await storage.WriteStateAsync(stateName, grainId, grainState);
        }

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            storage.ClearStateAsync(stateName, grainId, grainState);
    }
}

/// <summary>Takes every frame for the one after the last, so that no gap is seen.</summary>
internal sealed record SeesNoGaps : Parts
{
    public override ViewerLink Link(IGrainFactory grains, Simulation simulation, Sky sky) => new Wrong(grains, simulation, sky);

    private sealed class Wrong(IGrainFactory grains, Simulation simulation, Sky sky) : ViewerLink(grains, simulation, sky)
    {
        private (string? Message, long Attempt, int Next) _at;

        protected override LiveFrame Change(LiveFrame frame)
        {
            if (frame.MessageId is null)
                return frame;
            var offset = _at.Message == frame.MessageId && _at.Attempt == frame.Attempt ? _at.Next : frame.Offset;
            _at = (frame.MessageId, frame.Attempt, offset + frame.Text.Length);
            return frame with { Offset = offset };
        }
    }
}

/// <summary>Knows labels by the agent that they are about, whatever run they come from: the second one counts as a repeat.</summary>
internal sealed record KeysLabelsWithoutTheRun : Parts
{
    public override SelectionLabel Label(SelectionLabel label) => label with { Key = $"{label.Agent}/{label.Fits}" };
}

/// <summary>A store that syncs once a second, and says at once that it has.</summary>
internal sealed record SyncsOnceASecond : Parts
{
    public override TimeSpan Unsynced => TimeSpan.FromSeconds(1);
}

/// <summary>A journal store that does what another does, but for what a bug overrides.</summary>
internal abstract class JournalDecorator(IJournalStore inner) : IJournalStore
{
    public virtual Task<JournalClaim> Claim(string journal, CancellationToken cancellation) => inner.Claim(journal, cancellation);

    public virtual Task<AppendOutcome> Append(JournalAppend append, CancellationToken cancellation) =>
        inner.Append(append, cancellation);

    public virtual Task<IReadOnlyList<JournalLine>> Read(
        string journal, long after, int limit, int maxBytes, CancellationToken cancellation) =>
        inner.Read(journal, after, limit, maxBytes, cancellation);

    public virtual Task<Operation?> FindOperation(string journal, string key, CancellationToken cancellation) =>
        inner.FindOperation(journal, key, cancellation);

    public virtual Task<bool> Renew(string journal, long epoch, DateTimeOffset deadline, CancellationToken cancellation) =>
        inner.Renew(journal, epoch, deadline, cancellation);

    public virtual Task<IReadOnlyList<string>> FindOverdue(
        int firstShard, int lastShard, DateTimeOffset at, int limit, CancellationToken cancellation) =>
        inner.FindOverdue(firstShard, lastShard, at, limit, cancellation);

    public virtual Task Erase(string journal, CancellationToken cancellation) => inner.Erase(journal, cancellation);

    public virtual Task Check(CancellationToken cancellation) => inner.Check(cancellation);
}
