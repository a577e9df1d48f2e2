using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Actors;

/// <summary>Starts the node program that lies beside this one.</summary>
public sealed class NodeLauncher(LocalNodesOptions options) : INodeLauncher
{
    public INodeProcess Launch(NodeId node) => NodeProcess.Start(CommandFor(node, Environment.ProcessPath, AppContext.BaseDirectory));

    internal ProcessStartInfo CommandFor(NodeId node, string? host, string folder)
    {
        var program = NodeFile.CommandFor(host, folder, options.Engines);
        var start = new ProcessStartInfo(program[0], program.Skip(1));
        List<string> arguments =
        [
            "--name", node.Name, "--slots", options.Slots.ToString(CultureInfo.InvariantCulture),
            "--checkpoints", options.Checkpoints, "--kernels", options.Kernels,
        ];
        if (options.Data is not null) arguments.AddRange(["--data", options.Data]);
        foreach (var engine in options.Engines.Names.Where(engine => engine != EngineNames.Native)) arguments.AddRange(["--engine", engine]);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in EngineFolder.VariablesFor(options.Engines)) start.Environment.TryAdd(name, value);
        return start;
    }
}

/// <summary>A process with its stdin open and all that it writes read.</summary>
public sealed class NodeProcess : INodeProcess
{
    private const int LinesKept = 20;
    private readonly Process _process;
    private readonly Queue<string> _lines = new();

    private NodeProcess(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginErrorReadLine();
        // Nothing belongs there, and what a library may write must not hold it up.
        process.BeginOutputReadLine();
        Exited = ExitCodeAsync();
    }

    public TextWriter Input => _process.StandardInput;

    public Task<int> Exited { get; }

    public string LastWords
    {
        get
        {
            lock (_lines) return string.Join('\n', _lines);
        }
    }

    /// <exception cref="NodesException">It can't be started.</exception>
    public static NodeProcess Start(ProcessStartInfo start)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        try
        {
            return new NodeProcess(Process.Start(start)!);
        }
        catch (Win32Exception fault)
        {
            throw new NodesException($"{start.FileName}: the node program can't be started ({fault.Message})");
        }
    }

    public void Kill() => _process.Kill();

    private async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    private void Keep(string? line)
    {
        if (string.IsNullOrWhiteSpace(line)) return;
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > LinesKept) _lines.Dequeue();
        }
    }
}
