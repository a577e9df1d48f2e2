using System.Globalization;

namespace FashionSweep.Coordinator.Actors;

/// <summary>How a node's process ended, in words.</summary>
public static class NodeExit
{
    /// <summary>What the node was told to do is wrong: it would end like this each time.</summary>
    public const int WrongConfiguration = 2;

    private static readonly TimeSpan LeavePatience = TimeSpan.FromSeconds(5);

    /// <summary>Tells a process that nobody is left to work for.</summary>
    public static void CloseInput(this INodeProcess process)
    {
        try
        {
            process.Input.Close();
        }
        catch (IOException)
        {
            // It has ended, with a line unread.
        }
    }

    /// <summary>Waits for the end of a process that was told to leave; kills one that does not go.</summary>
    public static async Task EndAsync(this INodeProcess process, TimeProvider time)
    {
        try
        {
            await process.Exited.WaitAsync(LeavePatience, time);
        }
        catch (TimeoutException)
        {
            process.Kill();
            await process.Exited;
        }
    }

    public static string Describe(int exitCode, string lastWords)
    {
        var code = string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}");
        var cause = CauseOf(exitCode) is { } known ? $"{code} ({known})" : code;
        return lastWords.Length == 0 ? cause : $"{cause}: {lastWords}";
    }

    // Above 128 it is the number of the signal that ended it.
    private static string? CauseOf(int exitCode) => exitCode switch
    {
        132 => "illegal instruction",
        134 => "aborted",
        135 => "bus error",
        136 => "arithmetic fault",
        137 => "killed",
        139 => "segmentation fault",
        143 => "terminated",
        _ => null,
    };
}
