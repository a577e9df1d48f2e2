using System.Diagnostics;
using System.Text;
using FashionSweep.EndToEnd.Tests.Pace;
using FashionSweep.Shared.Data;

namespace FashionSweep.EndToEnd.Tests;

/// <summary>The real program, run as its users run it: a process of its own, in an empty folder of its own.</summary>
internal sealed class Fsweep : IDisposable
{
    /// <summary>A limit for a test that hangs; a test that passes never waits for it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(240);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fsweep-test-");

    /// <summary>How long each epoch of nodes lasts at least; zero: no longer than its training.</summary>
    public TimeSpan Pace { get; init; }

    /// <summary>How many epochs each node ends before it waits for <see cref="Release"/>, and again from <see cref="Hold"/> on; null: all of them.</summary>
    public int? Free { get; init; }

    /// <summary>Whether the program is to run as users run it, and not as it costs a test the least.</summary>
    public bool IsMeasured { get; init; }

    /// <summary>What the environment has beside what it has here.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public string Folder => _folder.FullName;

    public string Store => Path.Combine(Folder, ".fsweep");

    /// <summary>Writes a file into the folder that the program runs in; returns its name.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(Folder, name), text);
        return name;
    }

    /// <summary>Lets its nodes end all epochs from now on.</summary>
    public void Release() => File.Create(ReleaseFile).Dispose();

    public void Hold() => File.Delete(ReleaseFile);

    /// <summary>Runs the program to its end.</summary>
    public Ran Run(params string[] arguments)
    {
        using var running = Start(arguments);
        return running.WaitForEnd();
    }

    public Running Start(params string[] arguments) => new(Process.Start(Command(Program, arguments))!);

    /// <summary>One of the real programs, as it is started in the folder.</summary>
    public ProcessStartInfo Command(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys
            .Where(name => name is "FASHION_MNIST_DIR" or "NO_COLOR" || name.StartsWith("FSWEEP_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        if (!IsMeasured)
        {
            // It ends before code that is compiled a second time, for speed, would have been worth that.
            start.Environment["DOTNET_TC_CallCountThreshold"] = "1000";
            start.Environment[DatasetPlaces.EnvironmentVariable] = PlainImages.Folder;
        }
        foreach (var (name, value) in Variables) start.Environment[name] = value;
        if (Pace > TimeSpan.Zero || Free is not null) PacedNode.Pace(start, Pace, Free ?? int.MaxValue, ReleaseFile);
        return start;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string ReleaseFile => Path.Combine(Folder, "released");

    public static string Program
    {
        get
        {
            // tests/EndToEnd.Tests/bin/<configuration>/net10.0 → src/Coordinator/bin/<configuration>/net10.0
            var built = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(Repository.Root, "src", "Coordinator", "bin", built.Parent!.Name, built.Name, "fsweep.dll");
        }
    }

    /// <summary>A program that ended.</summary>
    public sealed record Ran(int ExitCode, string Output, string Errors)
    {
        public override string ToString() => $"exit code {ExitCode}\n--- output\n{Output}\n--- errors\n{Errors}";
    }

    /// <summary>A program that may still run. Its lines can be awaited while it does.</summary>
    public sealed class Running : IDisposable
    {
        private readonly Process _process;
        private readonly StringBuilder _output = new();
        private readonly StringBuilder _errors = new();
        private readonly Thread[] _readers;

        public Running(Process process)
        {
            _process = process;
            _readers = [Follow(process.StandardOutput, _output), Follow(process.StandardError, _errors)];
        }

        public int Id => _process.Id;

        public void Kill() => _process.Kill();

        public void PressCtrlC() => Signals.PressCtrlC(_process.Id);

        public string WaitForLine(Func<string, bool> wanted)
        {
            var deadline = Stopwatch.StartNew();
            lock (_output)
            {
                while (true)
                {
                    var found = _output.ToString().Split('\n').FirstOrDefault(wanted);
                    if (found is not null) return found;
                    var left = Patience - deadline.Elapsed;
                    if (left <= TimeSpan.Zero || !Monitor.Wait(_output, left)) throw new TimeoutException($"The line never came.\n{_output}\n{_errors}");
                }
            }
        }

        public Ran WaitForEnd()
        {
            if (!_process.WaitForExit(Patience)) throw new TimeoutException($"The program did not end.\n{_output}\n{_errors}");
            foreach (var reader in _readers) reader.Join();
            lock (_output) return new Ran(_process.ExitCode, _output.ToString(), _errors.ToString());
        }

        /// <summary>Ends it in order: no node of it writes on into a folder that is about to be deleted.</summary>
        public void Stop()
        {
            PressCtrlC();
            WaitForEnd();
        }

        public void Dispose()
        {
            if (!_process.HasExited) _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
            _process.Dispose();
        }

        // On a thread of its own: those of the pool may all be waiting in tests.
        private Thread Follow(StreamReader lines, StringBuilder text)
        {
            var reader = new Thread(() =>
            {
                while (lines.ReadLine() is { } line) Append(text, line);
            })
            { IsBackground = true };
            reader.Start();
            return reader;
        }

        private void Append(StringBuilder text, string line)
        {
            lock (_output)
            {
                text.Append(line).Append('\n');
                Monitor.PulseAll(_output);
            }
        }
    }
}
