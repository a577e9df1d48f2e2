using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Cli.Using.Html;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary><c>fsweep report</c>: all that there is to say of a sweep, as one page.</summary>
internal static class ReportCommand
{
    public static Command Create(ParameterCatalog catalog)
    {
        var sweep = new Argument<string?>("SWEEP") { Description = "Name of the sweep; else the latest", Arity = ArgumentArity.ZeroOrOne };
        var to = new Option<string?>("--to")
        {
            Description = "The file to write, which must not be there yet; else SWEEP.html in this folder",
            HelpName = "FILE",
        };
        var data = DataOption.Create();
        var reach = new ReachOptions();
        var command = new Command("report", "Writes a sweep as one HTML file: winner, curves, what matters, mistakes, how to do it again") { sweep, to, data };
        reach.AddTo(command);
        command.SetAction(arguments => CtrlC.MayStop(stop =>
        {
            var place = reach.PlaceOf(arguments);
            var reading = new ReportReading(place, catalog, arguments.GetValue(data), arguments.InvocationConfiguration.Error);
            var (chosen, file) = reading.Choose(arguments.GetValue(sweep), arguments.GetValue(to), stop);
            NewFile.Require(file, "--to");
            var (report, held) = reading.Read(chosen, stop);
            var page = ReportPage.Of(report, held);
            NewFile.Write(file, part => File.WriteAllText(part, page));
            var output = arguments.InvocationConfiguration.Output;
            output.WriteLine($"{file}: the report of {chosen} ({TerminalText.Bytes(new FileInfo(file).Length)}), one file that asks for nothing");
            output.WriteLine($"Next: open {Path.GetFullPath(file)} in a browser; it can be printed and sent on as it is");
            return ExitCodes.Done;
        }));
        return command;
    }
}
