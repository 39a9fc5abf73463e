namespace Colloquy.Storage;

/// <summary>A command that waits for the writer, and its answer.</summary>
internal abstract class SqliteWrite
{
    /// <summary>True if its caller has left before it began: it is answered and must not run.</summary>
    public abstract bool WasCancelled();

    public abstract void Run(SqliteSession session);

    /// <summary>The command itself failed. Its caller is told once the batch is over.</summary>
    public abstract void Failed(Exception failure);

    /// <summary>The batch is on disk.</summary>
    public abstract void Complete();

    /// <summary>The batch is not on disk, or nobody knows.</summary>
    public abstract void Abort(Exception failure);
}

internal sealed class SqliteWrite<T>(Func<SqliteSession, T> command, CancellationToken cancellation) : SqliteWrite
{
    // Answers must not run on the writer's thread.
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;
    private Exception? _failure;

    public Task<T> Answer => _answer.Task;

    public override bool WasCancelled() => cancellation.IsCancellationRequested && _answer.TrySetCanceled(cancellation);

    public override void Run(SqliteSession session) => _result = command(session);

    public override void Failed(Exception failure) => _failure = failure;

    public override void Complete()
    {
        if (_failure is null)
            _answer.SetResult(_result);
        else
            _answer.SetException(_failure);
    }

    public override void Abort(Exception failure) => _answer.SetException(_failure ?? failure);
}
