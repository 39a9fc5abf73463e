using System.Reflection;

namespace Colloquy.Architecture;

/// <summary>Grain code may not call what leaves its activation's scheduler, or reads a clock or a chance that a simulation does
/// not rule.</summary>
public sealed class EscapeTests
{
    // Registration happens before anything runs, and chooses the machine's clock where the host has no other.
    private static readonly string[] Permitted = ["TimeProvider.get_System"];

    [Fact]
    public void Grains_call_nothing_that_escapes() =>
        Assert.Empty(MembersUsedBy(typeof(GrainRegistration).Assembly).Select(Offence).OfType<string>()
            .Where(offence => !Permitted.Contains(offence.Split(':')[0])).Distinct());

    [Fact]
    public async Task The_rule_sees_what_it_is_made_for()
    {
        await Task.Run(static () => { });
        Assert.Contains("Task.Run", MembersUsedBy(typeof(EscapeTests).Assembly).Select(Offence).OfType<string>()
            .Select(offence => offence.Split(':')[0]));
    }

    private static string? Offence(MemberInfo member)
    {
        var name = $"{member.DeclaringType?.Name.Split('`')[0]}.{member.Name}";
        var parameters = (member as MethodBase)?.GetParameters().Select(parameter => parameter.ParameterType).ToArray() ?? [];
        var takesClock = parameters.Contains(typeof(TimeProvider));
        return name switch
        {
            "Task.Run" or "Parallel.ForEachAsync" or "ThreadPool.QueueUserWorkItem" or "ThreadPool.UnsafeQueueUserWorkItem" =>
                $"{name}: runs on the thread pool",
            "Task.Wait" or "Task.WaitAll" or "Task.WaitAny" or "Thread.Sleep" or "Task.get_Result" => $"{name}: blocks the turn",
            "CancellationTokenSource.CancelAsync" => $"{name}: calls back on the thread pool; use Cancel()",
            "Task.WaitAsync" or "Task.Delay" or "CancellationTokenSource.CancelAfter" when !takesClock => $"{name}: has no TimeProvider",
            "Timer..ctor" or "PeriodicTimer..ctor" when !takesClock => $"{name}: real time",
            "CancellationTokenSource..ctor" when parameters is [var only] && (only == typeof(TimeSpan) || only == typeof(int)) =>
                $"{name}: real time",
            "Task.ConfigureAwait" or "ValueTask.ConfigureAwait" when parameters is [var only] && only == typeof(bool) =>
                $"{name}: may leave the activation",
            "DateTime.get_UtcNow" or "DateTime.get_Now" or "DateTimeOffset.get_UtcNow" or "DateTimeOffset.get_Now"
                or "Stopwatch.StartNew" or "Stopwatch.GetTimestamp" or "Environment.get_TickCount64" or "TimeProvider.get_System" =>
                $"{name}: not the injected clock",
            "Guid.NewGuid" or "Guid.CreateVersion7" or "Random.get_Shared" or "RandomNumberGenerator.GetBytes" =>
                $"{name}: not the injected chance",
            _ => null,
        };
    }

    /// <summary>Everything outside of the assembly that its code refers to (the MemberRef table).</summary>
    private static IEnumerable<MemberInfo> MembersUsedBy(Assembly assembly)
    {
        for (var token = 0x0A000001; ; token++)
        {
            MemberInfo? member = null;
            try
            {
                member = assembly.ManifestModule.ResolveMember(token);
            }
            catch (ArgumentOutOfRangeException)
            {
                yield break; // the end of the table
            }
            catch (Exception failure) when (failure is ArgumentException or TypeLoadException or MissingMemberException
                or BadImageFormatException)
            {
                // members of generic instances cannot be resolved without their context, and none of them is an offence
            }
            if (member is not null)
                yield return member;
        }
    }
}
