using System.CommandLine;
using System.CommandLine.Invocation;
using FashionSweep.Coordinator.Cli.Output;

namespace FashionSweep.Coordinator.Cli;

/// <summary>What <c>fsweep --help</c> says: each verb in a line, among those that go with it.</summary>
/// <param name="ofVerb">What <c>--help</c> says behind a verb.</param>
internal sealed class RootHelp(
    IReadOnlyList<(string Title, (string Name, Func<Command> Create)[] Verbs)> groups, SynchronousCommandLineAction ofVerb) : SynchronousCommandLineAction
{
    private const int NameWidth = 21;

    // Who asks what a verb takes need not give it yet.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult) =>
        parseResult.CommandResult.Command is RootCommand ? WriteAll(parseResult) : ofVerb.Invoke(parseResult);

    private int WriteAll(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine(parseResult.RootCommandResult.Command.Description);
        output.WriteLine();
        output.WriteLine("  ./fsweep run sweeps/quickstart.yaml      the first sweep: it takes about ten seconds");
        output.WriteLine("  ./fsweep VERB --help                     what a verb takes");
        foreach (var (title, verbs) in groups)
        {
            output.WriteLine();
            output.WriteLine($"{title}:");
            foreach (var verb in verbs.Select(verb => verb.Create()))
                output.WriteLine($"  {Usage(verb).PadRight(NameWidth)}{verb.Description!.Split('\n')[0]}");
        }
        return ExitCodes.Done;
    }

    // As "status [SWEEP]".
    private static string Usage(Command verb) =>
        string.Join(' ', [verb.Name, .. verb.Arguments.Select(argument => argument.Arity.MinimumNumberOfValues == 0 ? $"[{argument.Name}]" : argument.Name)]);
}
