using System.Diagnostics;
using System.Globalization;
using FashionSweep.Shared.Trials;
using FashionSweep.TrainerNode;
using FashionSweep.TrainerNode.Actor;

namespace FashionSweep.EndToEnd.Tests.Pace;

/// <summary>
/// The real node program, whose epochs wait: for a word of the test, so that a fault strikes where it should however late the test hears of it, or for a
/// while, so that there is something left to do meanwhile. Neither costs the processor anything.
/// </summary>
internal static class PacedNode
{
    private const string SecondsVariable = "FSWEEP_TEST_EPOCH_SECONDS";
    private const string FreeVariable = "FSWEEP_TEST_FREE_EPOCHS";
    private const string ReleaseVariable = "FSWEEP_TEST_RELEASE";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>Has all nodes that a program starts, or becomes, keep the pace.</summary>
    /// <param name="epoch">How long each epoch lasts at least.</param>
    /// <param name="free">How many epochs each node ends, from its start or its last release on, before it waits.</param>
    /// <param name="release">A file: while it is there, all are released.</param>
    public static void Pace(ProcessStartInfo program, TimeSpan epoch, int free, string release)
    {
        program.Environment["DOTNET_STARTUP_HOOKS"] = typeof(PacedNode).Assembly.Location;
        program.Environment[SecondsVariable] = epoch.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        program.Environment[FreeVariable] = free.ToString(CultureInfo.InvariantCulture);
        program.Environment[ReleaseVariable] = release;
    }

    /// <summary>Is the node program in its own process, and ends with it.</summary>
    public static void Run(string[] arguments) => Environment.Exit(NodeProgram.RunAsync(arguments, Create).GetAwaiter().GetResult());

    private static (ITrainer Trainer, string Kernels) Create(NodeOptions options)
    {
        var (trainer, kernels) = EngineTrainer.Create(options);
        var epoch = TimeSpan.FromSeconds(double.Parse(Said(SecondsVariable), CultureInfo.InvariantCulture));
        return (new PacedTrainer(trainer, epoch, int.Parse(Said(FreeVariable), CultureInfo.InvariantCulture), Said(ReleaseVariable)), kernels);
    }

    private static string Said(string variable) => Environment.GetEnvironmentVariable(variable)!;

    private sealed class PacedTrainer(ITrainer trainer, TimeSpan epoch, int free, string release) : ITrainer
    {
        private int _epochs;

        public TrialOutcome Train(TrialSpec spec, Action<EpochReport> report, CancellationToken stop)
        {
            var last = Stopwatch.GetTimestamp();
            return trainer.Train(spec, ended =>
            {
                var number = Interlocked.Increment(ref _epochs);
                if (epoch - Stopwatch.GetElapsedTime(last) is { Ticks: > 0 } left) stop.WaitHandle.WaitOne(left);
                while (number > free && !File.Exists(release) && !stop.WaitHandle.WaitOne(Look)) continue;
                if (File.Exists(release)) _epochs = 0;
                stop.ThrowIfCancellationRequested();
                last = Stopwatch.GetTimestamp();
                report(ended);
            }, stop);
        }
    }
}
