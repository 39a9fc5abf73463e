using Colloquy.Doubles;
using Colloquy.Journals;
using Colloquy.Sessions;
using Colloquy.Tenants;

namespace Colloquy.Tests.Sessions;

public sealed class SessionGrainTests(SessionHost host) : IClassFixture<SessionHost>
{
    [Fact]
    public async Task A_question_is_answered_and_both_are_in_the_journal()
    {
        var session = await host.Begin(GrainHost.NewTenant());
        var run = await session.End((await session.Ask("to be or not")).RunId!);
        Assert.Equal(("completed", 10), (run.Status, run.Usage.TotalTokens));
        Assert.Equal(["to be or not", "to be or not "], (await session.Messages()).Select(message => message.Content));
        Assert.Equal((await session.Messages())[1].Id, (await session.Grain.View())!.Head);
    }

    [Fact]
    public async Task A_repeat_answers_the_same_run_and_another_body_is_refused()
    {
        var session = await host.Begin(GrainHost.NewTenant());
        var first = await session.Ask("once");
        Assert.Equal(first, await session.Ask("once"));
        Assert.Equal(SendStatus.KeyReused, (await session.Ask("twice", fingerprint: "other")).Status);
    }

    [Fact]
    public async Task A_cancelled_run_keeps_what_was_written()
    {
        var session = await host.Begin(GrainHost.NewTenant());
        var sent = await session.Ask("one two wait three");
        await host.Model.Stopped.Task.Within("the answer stop in the middle");
        Assert.Equal("cancelled", (await session.Grain.Cancel(sent.RunId!))!.Status);
        Assert.Equal(("one two ", "cancelled"), ((await session.Messages())[1].Content, (await session.Messages())[1].Finish));
    }

    [Fact]
    public async Task A_fork_writes_one_event_and_tells_all_that_it_inherited()
    {
        var session = await host.Begin(GrainHost.NewTenant());
        await session.End((await session.Ask("one", "op1")).RunId!);
        await session.End((await session.Ask("two", "op2")).RunId!);
        var messages = await session.Messages();
        var fork = session.Other("fork");
        await fork.Create(await session.Grain.ForkAt(messages[1].Id));
        Assert.Equal(1, (await fork.Grain.Read(0, 10)).Head);
        await fork.End((await fork.Ask("three")).RunId!);
        Assert.Equal(["one", "one ", "three", "three "], (await fork.Messages()).Select(message => message.Content));
        Assert.Equal(messages[1].Id, (await fork.Messages())[2].ParentId);
    }

    [Fact]
    public async Task Another_tenant_is_refused()
    {
        var session = await host.Begin(GrainHost.NewTenant());
        CallerTenant.Set("somebody-else");
        await Assert.ThrowsAsync<ForeignTenantException>(() => session.Grain.View());
        await Assert.ThrowsAsync<ForeignTenantException>(() => session.Transcript.Messages(null, 1));
    }

    [Fact]
    public async Task An_export_can_be_taken_back_once_and_is_known_at_once()
    {
        var session = await host.Begin(GrainHost.NewTenant());
        await session.End((await session.Ask("one")).RunId!);
        var lines = await session.Export();
        await session.Grain.Delete();
        Assert.Null(await session.Grain.View());
        Assert.Equal(ImportStatus.Imported, (await session.Transcript.Import(lines)).Status);
        Assert.Equal(lines.Select(Convert.ToHexString), (await session.Export()).Select(Convert.ToHexString));
        Assert.Equal(lines.Length, (await session.Grain.View())!.Seq);
        Assert.Equal(ImportStatus.Exists, (await session.Transcript.Import(lines)).Status);
        await session.End((await session.Ask("two", "op2")).RunId!);
        Assert.Equal(4, (await session.Messages()).Length);
    }

    [Fact]
    public async Task An_import_that_broke_off_goes_on_and_one_that_others_wrote_into_is_left_alone()
    {
        var session = await host.Begin(GrainHost.NewTenant());
        await session.End((await session.Ask("one")).RunId!);
        var lines = await session.Export();
        await host.Journals.Erase(session.Key, CancellationToken.None);
        var claim = await host.Journals.Claim(session.Key, CancellationToken.None);
        await host.Journals.Append(new()
        {
            Journal = session.Key, Epoch = claim.Epoch, Head = 0, Lines = [lines[0], lines[1]],
        }, CancellationToken.None);
        Assert.Equal(ImportStatus.Imported, (await session.Transcript.Import(lines)).Status);
        Assert.Equal(lines.Length, (await host.Journals.Claim(session.Key, CancellationToken.None)).Head);
        Assert.Equal(ImportStatus.Exists, (await session.Transcript.Import([.. lines[..^1]])).Status);
        Assert.Equal(lines.Length, (await host.Journals.Claim(session.Key, CancellationToken.None)).Head);
    }

    [Fact]
    public async Task A_changed_export_is_refused_with_the_line()
    {
        var session = await host.Begin(GrainHost.NewTenant());
        await session.End((await session.Ask("one")).RunId!);
        var lines = await session.Export();
        lines[2][10] ^= 1;
        await session.Grain.Delete();
        Assert.Equal(new ImportResult(ImportStatus.Broken, 3), await session.Transcript.Import(lines));
        Assert.Null(await session.Grain.View());
    }

    [Fact]
    public async Task A_lease_that_is_renewed_while_the_work_is_closed_loses_nothing()
    {
        var store = new HeldRenewals(host.Journals);
        var journal = new Journal<SessionState, SessionEvent>(store, $"t/{Guid.NewGuid():N}");
        await journal.Open(CancellationToken.None);
        var talk = Talk.Begun().Asks("Why?");
        await journal.Commit([.. talk.Events], null, WorkChange.Open, DateTimeOffset.UtcNow);
        var renewing = journal.Renew(DateTimeOffset.UtcNow, CancellationToken.None);
        await journal.Commit(talk.Answers("Because.").Last.Events, null, WorkChange.Close, DateTimeOffset.UtcNow);
        store.Release();
        await renewing;
        Assert.False(journal.IsLost);
    }

    private sealed class HeldRenewals(IJournalStore inner) : IJournalStore
    {
        private readonly TaskCompletionSource _held = new();

        public void Release() => _held.SetResult();

        public async Task<bool> Renew(string journal, long epoch, DateTimeOffset deadline, CancellationToken cancellation)
        {
            await _held.Task;
            return await inner.Renew(journal, epoch, deadline, cancellation);
        }

        public Task<JournalClaim> Claim(string journal, CancellationToken cancellation) => inner.Claim(journal, cancellation);

        public Task<AppendOutcome> Append(JournalAppend append, CancellationToken cancellation) => inner.Append(append, cancellation);

        public Task<IReadOnlyList<JournalLine>> Read(string journal, long after, int limit, int maxBytes, CancellationToken cancellation) =>
            inner.Read(journal, after, limit, maxBytes, cancellation);

        public Task<Operation?> FindOperation(string journal, string key, CancellationToken cancellation) =>
            inner.FindOperation(journal, key, cancellation);

        public Task<IReadOnlyList<string>> FindOverdue(
            int firstShard, int lastShard, DateTimeOffset at, int limit, CancellationToken cancellation) =>
            inner.FindOverdue(firstShard, lastShard, at, limit, cancellation);

        public Task Erase(string journal, CancellationToken cancellation) => inner.Erase(journal, cancellation);

        public Task Check(CancellationToken cancellation) => inner.Check(cancellation);
    }
}
