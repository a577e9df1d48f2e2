using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using FashionSweep.Coordinator.Cli.Clusters;
using FashionSweep.Coordinator.Cli.Completion;
using FashionSweep.Coordinator.Cli.Keeping;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Cli.Running;
using FashionSweep.Coordinator.Cli.Steering;
using FashionSweep.Coordinator.Cli.Using;
using FashionSweep.Search.Names;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Parameters;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Coordinator.Cli;

/// <summary>The whole command line: parses it, runs the verb, and turns every error into one clear message.</summary>
internal static class CommandLine
{
    private const string TraceVariable = "FSWEEP_TRACE";

    /// <param name="output">What was asked for goes there, of all verbs but those that train.</param>
    /// <param name="error">What is wrong goes there.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments.Length == 0) arguments = ["--help"];
        // Its command line is the node's own.
        if (arguments[0] == NodeCommand.Name) return NodeCommand.Become(arguments[1..]);
        var parsed = Create(arguments[0]).Parse(arguments);
        // Who asks for help with what there isn't is to hear that.
        if (parsed.Errors.Count > 0 || parsed.UnmatchedTokens.Count > 0) return Refuse(parsed, error);
        try
        {
            // Each verb says for itself what Ctrl-C means, and no error is printed with its stack.
            return await parsed.InvokeAsync(
                new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (SweepFileException faults)
        {
            faults.WriteTo(error);
            return ExitCodes.WrongInput;
        }
        catch (UserException fault)
        {
            return Report(error, fault.Message, fault.IsWrongInput ? ExitCodes.WrongInput : ExitCodes.WorkFailed);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Report(error, fault.Message, ExitCodes.WorkFailed);
        }
        catch (Exception fault) when (Environment.GetEnvironmentVariable(TraceVariable) is not { Length: > 0 })
        {
            return Report(
                error, $"a fault of fsweep's own, please report it: {fault.Message} ({fault.GetType().Name}); {TraceVariable}=1 says where it is",
                ExitCodes.WorkFailed);
        }
    }

    // The one place that says whose hyperparameters sweeps search.
    private static readonly ParameterCatalog Catalog = TrainerCatalog.Parameters;

    private static readonly RestingSweeps Resting = new(Catalog, TimeProvider.System);

    /// <summary>In the order in which they are listed.</summary>
    internal static readonly IReadOnlyList<(string Title, (string Name, Func<Command> Create)[] Verbs)> Groups =
    [
        ("Train on this machine",
        [
            ("run", () => RunCommand.Create(Catalog)),
            ("plan", () => PlanCommand.Create(Catalog)),
            ("model", () => ModelCommand.Create(Catalog)),
            ("convert", () => ConvertCommand.Create(Catalog)),
            ("schema", () => SchemaCommand.Create(Catalog)),
            ("data", DataCommand.Create),
            ("engine", EngineCommand.Create),
            ("new", NewCommand.Create),
        ]),
        ("Train on many",
        [
            ("coordinator", () => CoordinatorCommand.Create(Catalog)),
            (NodeCommand.Name, NodeCommand.Create),
            ("submit", () => SubmitCommand.Create(Catalog)),
            ("nodes", NodesCommand.Create),
            ("drain", DrainCommand.Create),
        ]),
        ("Watch and steer a sweep",
        [
            ("status", StatusCommand.Create),
            ("watch", () => WatchCommand.Create(Catalog)),
            ("dashboard", () => DashboardCommand.Create(Catalog)),
            ("pause", PauseCommand.Create),
            ("resume", () => ResumeCommand.Create(Resting)),
            ("cancel", () => CancelCommand.Create(Resting)),
            ("extend", () => ExtendCommand.Create(Resting)),
            ("rerun", () => RerunCommand.Create(Resting)),
        ]),
        ("Use what came out",
        [
            ("leaderboard", () => LeaderboardCommand.Create(Catalog)),
            ("show", () => ShowCommand.Create(Catalog)),
            ("compare", () => CompareCommand.Create(Catalog)),
            ("importance", () => ImportanceCommand.Create(Catalog)),
            ("report", () => ReportCommand.Create(Catalog)),
            ("evaluate", EvaluateCommand.Create),
            ("predict", PredictCommand.Create),
            ("inspect", InspectCommand.Create),
            ("ensemble", () => EnsembleCommand.Create(Catalog)),
            ("serve", ServeCommand.Create),
            ("export", () => ExportCommand.Create(Catalog)),
            ("reproduce", () => ReproduceCommand.Create(Catalog)),
        ]),
        ("Look after a store",
        [
            ("backup", BackupCommand.Create),
            ("check", CheckCommand.Create),
        ]),
        ("In your shell",
        [
            ("completion", () => CompletionCommand.Create(Tree)),
        ]),
    ];

    internal static IEnumerable<(string Name, Func<Command> Create)> Verbs => Groups.SelectMany(group => group.Verbs);

    internal static CommandTree Tree() => CommandTree.Of(new RootCommand(), Groups.Select(group => (group.Title, group.Verbs.Select(verb => verb.Create()))));

    // Compiling what makes a verb's options takes its time: a verb that is named is made alone.
    internal static RootCommand Create(string first)
    {
        var root = new RootCommand("Hyperparameter sweeps on Fashion-MNIST: write the search down in YAML, train every trial, keep every result.");
        var named = Verbs.Where(verb => verb.Name == first).ToList();
        foreach (var verb in named.Count > 0 ? named : Verbs) root.Subcommands.Add(verb.Create());
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new RootHelp(Groups, (SynchronousCommandLineAction)help.Action!);
        return root;
    }

    private static int Refuse(ParseResult parsed, TextWriter error)
    {
        var unknown = Unknown(parsed.UnmatchedTokens)
            .Select(word => $"{word} is no command and no option here{Meant(word, parsed.CommandResult.Command)}")
            .ToList();
        foreach (var fault in unknown.Count > 0 ? unknown : parsed.Errors.Select(each => each.Message)) error.WriteLine($"fsweep: {fault}");
        error.WriteLine($"See ./fsweep{PathOf(parsed.CommandResult)} --help.");
        return ExitCodes.WrongInput;
    }

    private static string Meant(string word, Command command) => command is RootCommand && VerbWords.Meant(word) is { } verb
        ? $"; did you mean {verb}?"
        : Suggestion.For(word, NamesIn(command));

    // The value of an option that there isn't says nothing more.
    private static IEnumerable<string> Unknown(IReadOnlyList<string> words) =>
        words.Where((word, i) => word.StartsWith('-') || i == 0 || !words[i - 1].StartsWith('-'));

    private static IEnumerable<string> NamesIn(Command command) =>
        command.Subcommands.Select(verb => verb.Name).Concat(command.Options.Select(option => option.Name));

    // As " data show".
    private static string PathOf(SymbolResult? verb) =>
        verb is CommandResult { Command: not RootCommand } inner ? $"{PathOf(inner.Parent)} {inner.Command.Name}" : "";

    private static int Report(TextWriter error, string message, int exitCode)
    {
        error.WriteLine($"fsweep: {message}");
        return exitCode;
    }
}
