using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Coordinator.Cli.Output;

namespace FashionSweep.Coordinator.Cli.Completion;

/// <summary><c>fsweep completion SHELL</c>: prints the script by which a shell completes what is typed behind <c>fsweep</c>.</summary>
internal static class CompletionCommand
{
    private const string Description = """
        Prints what has your shell complete verbs, options and files

        For good, in one line; the next shell has it:
          ./fsweep completion bash > ~/.fsweep.bash && echo 'source ~/.fsweep.bash' >> ~/.bashrc
          ./fsweep completion zsh > ~/.fsweep.zsh && echo 'source ~/.fsweep.zsh' >> ~/.zshrc
          ./fsweep completion fish > ~/.config/fish/conf.d/fsweep.fish

        In this shell alone: source <(./fsweep completion bash), in zsh alike; in fish ./fsweep completion fish | source.
        It completes ./fsweep as well as fsweep. Print it again when a newer fsweep has other verbs.
        """;

    private static readonly Dictionary<string, Func<CommandTree, string>> Scripts = new()
    {
        ["bash"] = BashScript.Of,
        ["zsh"] = ZshScript.Of,
        ["fish"] = FishScript.Of,
    };

    /// <param name="tree">Asked only when the verb runs: it takes every verb.</param>
    public static Command Create(Func<CommandTree> tree)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish" }.OnlyOf([.. Scripts.Keys]);
        var command = new Command("completion", Description) { shell };
        command.SetAction(arguments =>
        {
            arguments.InvocationConfiguration.Output.Write(Scripts[arguments.GetRequiredValue(shell)](tree()));
            return ExitCodes.Done;
        });
        return command;
    }
}
