using System.Reflection;
using Colloquy.Journals;

namespace Colloquy.Tests.Knowledge;

/// <summary>Counts the calls of all ports together and makes one of them fail: before it does anything, or after.</summary>
public sealed class FaultPlan
{
    private int _calls;
    private int _at;
    private bool _isAfter;
    private bool _isCrash;

    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Completes when the fault has happened.</summary>
    public TaskCompletionSource Happened { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Runs before a call, by port and method.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>The call of this number will fail, from now on counted from 1; 0: none.</summary>
    /// <param name="isCrash">Whether the one who calls may not try again: its activation ends.</param>
    public void Arm(int at, bool isAfter, bool isCrash)
    {
        (_at, _isAfter, _isCrash) = (at, isAfter, isCrash);
        Happened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _calls, 0);
    }

    internal async Task<T> Run<T>(string name, Func<Task<T>> call)
    {
        await Before(name);
        var number = Interlocked.Increment(ref _calls);
        if (number == _at && !_isAfter)
            throw Fault(name);
        var answer = await call();
        if (number == _at)
            throw Fault(name);
        return answer;
    }

    private Exception Fault(string name)
    {
        Happened.TrySetResult();
        return _isCrash ? new JournalLostException($"{name}: crash by the test.") : new IOException($"{name}: fault by the test.");
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

    public static T Over(T inner, FaultPlan plan)
    {
        var port = Create<T, FaultyPort<T>>();
        ((FaultyPort<T>)(object)port)._inner = inner;
        ((FaultyPort<T>)(object)port)._plan = plan;
        return port;
    }

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
