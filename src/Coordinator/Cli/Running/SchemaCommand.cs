using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Coordinator.Cli.Running;

/// <summary><c>fsweep schema</c>: prints the JSON Schema of sweep files, by which editors complete and check them.</summary>
public static class SchemaCommand
{
    public static Command Create(ParameterCatalog catalog)
    {
        var plugin = PluginOption.Create();
        var command = new Command("schema", "Prints the JSON Schema of sweep files, for the completion of an editor") { plugin };
        command.SetAction(arguments =>
        {
            var known = catalog.With(arguments.PluginOf(plugin)?.Model);
            arguments.InvocationConfiguration.Output.WriteLine(JsonOutput.Document(SweepSchema.Create(known)));
            return ExitCodes.Done;
        });
        return command;
    }
}
