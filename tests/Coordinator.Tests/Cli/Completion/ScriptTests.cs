using System.CommandLine;
using System.Diagnostics;
using FashionSweep.Coordinator.Cli;
using FashionSweep.Coordinator.Cli.Completion;

namespace FashionSweep.Coordinator.Tests.Cli.Completion;

public sealed class ScriptTests
{
    private static readonly CommandTree Odd = CommandTree.Of(
        new RootCommand(), [("Group", [new Command("verb", "It's odd") { new Option<bool>("--odd") { Description = @"It's [odd]: \ so" } }])]);

    [Fact]
    public void BashKeepsWhatADescriptionQuotes() => BashScript.Of(Odd).ShouldContain(@"'--odd It'\''s [odd]: \ so'");

    [Fact]
    public void ZshKeepsWhatADescriptionQuotes()
    {
        ZshScript.Of(Odd).ShouldContain(@"'--odd[It'\''s \[odd\]\: \\ so]'");
        ZshScript.Of(Odd).ShouldContain(@"'verb:It'\''s odd'");
    }

    [Fact]
    public void FishKeepsWhatADescriptionQuotes() => FishScript.Of(Odd).ShouldContain(@"-l odd -d 'It\'s [odd]: \\ so'");

    [Fact]
    public void FishKnowsEachOptionOfEachVerb()
    {
        var lines = FishScript.Of(CommandLine.Tree()).Split('\n');
        foreach (var verb in CommandLine.Tree().Verbs)
        {
            var own = lines.Where(line => line.StartsWith($@"complete -c fsweep -n '__fsweep_at \'{verb.Path}\'' -l ", StringComparison.Ordinal));
            own.Count().ShouldBe(verb.Options.Count, verb.Path);
        }
    }

    /// <summary>The script in a real bash, asked as readline asks it.</summary>
    [Fact]
    public void BashCompletesWhatIsTyped()
    {
        const string Ask = """

            compopt() { echo "  falls back on: ${*: -1}"; }
            ask() {
                COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
                echo "$*⇥"
                _fsweep
                ((${#COMPREPLY[@]} == 0)) || printf '  %s\n' "${COMPREPLY[@]}"
            }
            COMP_TYPE=9
            ask fsweep re
            ask ./fsweep data sh
            ask fsweep run --k
            ask fsweep run --kernels ''
            ask fsweep run --kernels = m
            ask fsweep run --store =
            ask fsweep run sweeps/q
            ask fsweep predict 7 --set t
            ask fsweep predict 7 --set shirt.p
            ask fsweep data show --cl
            ask fsweep leaderboard --top ''
            COMP_TYPE=63 COLUMNS=40
            ask fsweep leaderboard --to
            ask fsweep extend x --t
            """;
        RunBash(BashScript.Of(CommandLine.Tree()) + Ask).ShouldBe("""
            fsweep re⇥
              resume
              rerun
              report
              reproduce
            ./fsweep data sh⇥
              show
            fsweep run --k⇥
              --kernels
            fsweep run --kernels ⇥
              auto
              onednn
              managed
            fsweep run --kernels = m⇥
              managed
            fsweep run --store =⇥
              falls back on: dirnames
            fsweep run sweeps/q⇥
              falls back on: default
            fsweep predict 7 --set t⇥
              test
              train
            fsweep predict 7 --set shirt.p⇥
              falls back on: default
            fsweep data show --cl⇥
              --class
            fsweep leaderboard --top ⇥
            fsweep leaderboard --to⇥
              --top
            fsweep extend x --t⇥
              --trials  So many more trials
              --top     With --epochs: how many of th

            """);
    }

    private static string RunBash(string script)
    {
        var start = new ProcessStartInfo("bash", ["--norc", "-eu", "-s"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var bash = Process.Start(start)!;
        bash.StandardInput.Write(script);
        bash.StandardInput.Close();
        var said = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();
        bash.ExitCode.ShouldBe(0);
        // Lists are padded, so that readline shows one word a line.
        return string.Join('\n', said.Split('\n').Select(line => line.TrimEnd()));
    }
}
