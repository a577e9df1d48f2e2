using System.CommandLine;
using System.Text;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Coordinator.Cli.Running;

/// <summary><c>fsweep convert FILE</c>: prints a search of another tool as a sweep file.</summary>
public static class ConvertCommand
{
    public static Command Create(ParameterCatalog catalog)
    {
        var file = new Argument<string>("FILE") { Description = "A file of NNI, Katib, Determined, Guild, Hydra, Keras Tuner or Ray Tune, in YAML or JSON" };
        var command = new Command("convert", "Prints the search of another tool's file as a sweep file") { file };
        command.SetAction(arguments =>
        {
            var (path, error) = (arguments.GetRequiredValue(file), arguments.InvocationConfiguration.Error);
            var converted = Conversion.Of(path, catalog);
            arguments.InvocationConfiguration.Output.Write(converted.Text);
            return Check(converted, catalog, error);
        });
        return command;
    }

    // It is printed all the same: what plan would say of it is to be put right in it.
    private static int Check(Conversion converted, ParameterCatalog catalog, TextWriter error)
    {
        try
        {
            SweepFile.Parse("converted.yaml", Encoding.UTF8.GetBytes(converted.Text), catalog);
            return ExitCodes.Done;
        }
        catch (SweepFileException faults)
        {
            error.WriteLine("What is printed needs a hand before it can run:");
            foreach (var fault in faults.Faults) error.WriteLine($"  line {fault.Line}: {fault.Message}");
            return ExitCodes.WorkFailed;
        }
    }
}
