using System.Diagnostics;
using System.Globalization;
using FashionSweep.Shared.Trials;
using FashionSweep.TrainerNode;
using FashionSweep.TrainerNode.Actor;

namespace FashionSweep.EndToEnd.Tests.Pace;

/// <summary>The real node program, whose epochs last a while: time for a fault to strike, at no cost to the processor.</summary>
internal static class PacedNode
{
    private const string SecondsVariable = "FSWEEP_TEST_EPOCH_SECONDS";

    /// <summary>Has all nodes that a program starts, or becomes, keep the pace.</summary>
    /// <param name="epoch">How long each epoch lasts at least.</param>
    public static void Pace(ProcessStartInfo program, TimeSpan epoch)
    {
        program.Environment["DOTNET_STARTUP_HOOKS"] = typeof(PacedNode).Assembly.Location;
        program.Environment[SecondsVariable] = epoch.TotalSeconds.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Is the node program in its own process, and ends with it.</summary>
    public static void Run(string[] arguments) => Environment.Exit(NodeProgram.RunAsync(arguments, Create).GetAwaiter().GetResult());

    private static (ITrainer Trainer, string Kernels) Create(NodeOptions options)
    {
        var (trainer, kernels) = EngineTrainer.Create(options);
        var seconds = double.Parse(Environment.GetEnvironmentVariable(SecondsVariable)!, CultureInfo.InvariantCulture);
        return (new PacedTrainer(trainer, TimeSpan.FromSeconds(seconds)), kernels);
    }

    private sealed class PacedTrainer(ITrainer trainer, TimeSpan epoch) : ITrainer
    {
        public TrialOutcome Train(TrialSpec spec, Action<EpochReport> report, CancellationToken stop)
        {
            var last = Stopwatch.GetTimestamp();
            return trainer.Train(spec, ended =>
            {
                if (epoch - Stopwatch.GetElapsedTime(last) is { Ticks: > 0 } left) stop.WaitHandle.WaitOne(left);
                stop.ThrowIfCancellationRequested();
                last = Stopwatch.GetTimestamp();
                report(ended);
            }, stop);
        }
    }
}
