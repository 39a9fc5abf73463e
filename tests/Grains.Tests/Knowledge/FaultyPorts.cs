using System.Reflection;
using Colloquy.Journals;

namespace Colloquy.Tests.Knowledge;

/// <summary>Counts the calls of all ports together and makes one of them fail: before it does anything, or after.</summary>
public sealed class FaultPlan
{
    private volatile Armed _armed = new(0, false, false);

    public int Calls => _armed.Calls;

    /// <summary>Completes when the fault has happened.</summary>
    public TaskCompletionSource Happened => _armed.Happened;

    /// <summary>Runs before a call, by port and method.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>The call of this number will fail, from now on counted from 1; 0: none. A call that has begun before belongs to
    /// what was armed before.</summary>
    /// <param name="isCrash">Whether the one who calls may not try again: its activation ends.</param>
    public void Arm(int at, bool isAfter, bool isCrash) => _armed = new(at, isAfter, isCrash);

    internal async Task<T> Run<T>(string name, Func<Task<T>> call)
    {
        await Before(name);
        var armed = _armed;
        var isStruck = armed.Count();
        if (isStruck && !armed.IsAfter)
            throw armed.Fault(name);
        var answer = await call();
        return isStruck ? throw armed.Fault(name) : answer;
    }

    private sealed class Armed(int at, bool isAfter, bool isCrash)
    {
        private int _calls;

        public int Calls => Volatile.Read(ref _calls);

        public bool IsAfter => isAfter;

        public TaskCompletionSource Happened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Count() => Interlocked.Increment(ref _calls) == at;

        public Exception Fault(string name)
        {
            Happened.TrySetResult();
            return isCrash ? new JournalLostException($"{name}: crash by the test.") : new IOException($"{name}: fault by the test.");
        }
    }
}

internal static class FaultyPort
{
    public static T Over<T>(T inner, FaultPlan plan)
        where T : class
    {
        var port = DispatchProxy.Create<T, FaultyPort<T>>();
        ((FaultyPort<T>)(object)port).Stand(inner, plan);
        return port;
    }
}

/// <summary>A port whose calls pass the plan.</summary>
public class FaultyPort<T> : DispatchProxy
    where T : class
{
    private static readonly MethodInfo Generic = typeof(FaultyPort<T>).GetMethod(nameof(Run),
        BindingFlags.Instance | BindingFlags.NonPublic)!;
    private T _inner = null!;
    private FaultPlan _plan = null!;

    internal void Stand(T inner, FaultPlan plan) => (_inner, _plan) = (inner, plan);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var name = $"{typeof(T).Name}.{targetMethod!.Name}";
        if (targetMethod.ReturnType == typeof(Task))
            return _plan.Run(name, async () =>
            {
                await (Task)targetMethod.Invoke(_inner, args)!;
                return true;
            });
        return targetMethod.ReturnType.IsGenericType && targetMethod.ReturnType.GetGenericTypeDefinition() == typeof(Task<>)
            ? Generic.MakeGenericMethod(targetMethod.ReturnType.GetGenericArguments()).Invoke(this, [name, targetMethod, args])
            : targetMethod.Invoke(_inner, args);
    }

    private Task<TAnswer> Run<TAnswer>(string name, MethodInfo method, object?[]? args) =>
        _plan.Run(name, () => (Task<TAnswer>)method.Invoke(_inner, args)!);
}
