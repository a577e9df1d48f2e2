using System.Diagnostics;

namespace FashionSweep.Cluster.Tests.Network;

/// <summary>
/// A network namespace without a name: it is there as long as something runs in it. When this process ends, however that may be, all of that is killed.
/// </summary>
internal sealed class NetworkNamespace : IDisposable
{
    // Its stdin ends with this process; signals to the whole group, as Ctrl-C sends them, must not end it before.
    private const string Hold = """
        trap '' INT TERM HUP
        echo held
        read -r end
        for there in $(find -L /proc/[0-9]*/ns/net -samefile /proc/self/ns/net 2>/dev/null); do
            process=${there#/proc/}
            process=${process%%/*}
            [ "$process" = $$ ] || kill -9 "$process" 2>/dev/null
        done
        """;

    private readonly Process _holder;
    private readonly bool _isOfUser;
    private bool _isGone;

    private NetworkNamespace(Process holder, bool isOfUser) => (_holder, _isOfUser) = (holder, isOfUser);

    public int Id => _holder.Id;

    /// <summary>Makes one for root, or for anyone in a user namespace of his own.</summary>
    /// <exception cref="NetworkException">This process may make neither.</exception>
    public static NetworkNamespace Make()
    {
        try
        {
            return new NetworkNamespace(Start(Unshare()), isOfUser: false);
        }
        catch (NetworkException)
        {
            return new NetworkNamespace(Start(Unshare("--user", "--map-root-user")), isOfUser: true);
        }
    }

    /// <summary>Makes one whose interfaces this one may be joined with.</summary>
    public NetworkNamespace MakeNext() => new(Start(Enter(Unshare())), _isOfUser);

    /// <summary>Changes a command so that it runs here. Its process id stays that of the program.</summary>
    public ProcessStartInfo Enter(ProcessStartInfo command)
    {
        string[] user = _isOfUser ? ["--user", "--preserve-credentials"] : [];
        string[] words = ["--target", $"{Id}", "--net", .. user, command.FileName];
        for (var i = 0; i < words.Length; i++) command.ArgumentList.Insert(i, words[i]);
        command.FileName = "nsenter";
        return command;
    }

    /// <summary>Runs a command here, to its end.</summary>
    /// <exception cref="NetworkException">It failed.</exception>
    public void Run(string program, params IReadOnlyList<string> arguments)
    {
        using var running = Process.Start(Enter(Quiet(program, arguments)))!;
        var said = running.StandardError.ReadToEnd();
        running.WaitForExit();
        if (running.ExitCode != 0) throw new NetworkException($"{program} {string.Join(' ', arguments)}: {said.Trim()}");
    }

    public void Dispose()
    {
        if (_isGone) return;
        _isGone = true;
        _holder.StandardInput.Close();
        _holder.WaitForExit();
        _holder.Dispose();
    }

    private static ProcessStartInfo Unshare(params string[] more) => Quiet("unshare", ["--net", .. more, "sh", "-c", Hold]);

    private static Process Start(ProcessStartInfo command)
    {
        (command.RedirectStandardInput, command.RedirectStandardOutput) = (true, true);
        var holder = Process.Start(command)!;
        if (holder.StandardOutput.ReadLine() is not null) return holder;
        using (holder) throw new NetworkException(holder.StandardError.ReadToEnd().Trim());
    }

    private static ProcessStartInfo Quiet(string program, IEnumerable<string> arguments)
    {
        var command = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        // Where Debian keeps ip and tc, and users don't look.
        command.Environment["PATH"] += ":/usr/sbin:/sbin";
        return command;
    }
}

/// <summary>Networks can't be made, or not be changed as wanted; says why.</summary>
internal sealed class NetworkException(string message) : Exception(message);
