using System.CommandLine;
using FashionSweep.Coordinator.Cli;
using FashionSweep.Coordinator.Cli.Clusters;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Faults;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class CommandLineTests
{
    [Fact]
    public void EachVerbIsMadeUnderItsName()
    {
        foreach (var (name, create) in CommandLine.Verbs) create().Name.ShouldBe(name);
    }

    [Fact]
    public void EachVerbHasOneName() => CommandLine.Verbs.Select(verb => verb.Name).ShouldBeUnique();

    [Fact]
    public void HelpNamesEachVerb()
    {
        var help = Help("--help");
        foreach (var (name, create) in CommandLine.Verbs) help.ShouldContain($"  {name} ");
    }

    [Fact]
    public void HelpOfAVerbNamesItsArgumentsAndOptions()
    {
        foreach (var (name, create) in CommandLine.Verbs.Where(verb => verb.Name != NodeCommand.Name))
        {
            var (verb, help) = (create(), Help(name, "--help"));
            help.ShouldContain(verb.Description!.Split('\n')[0][..20]);
            foreach (var word in verb.Arguments.Select(argument => argument.Name)
                .Concat(verb.Options.Where(option => !option.Hidden).Select(option => option.Name)))
                help.ShouldContain(word, Case.Sensitive, $"{name} --help");
        }
    }

    /// <summary>What none of these is would end a verb with a stack trace, but for the last resort.</summary>
    [Fact]
    public void EveryExceptionOfTheProductIsTheUsersToMendOrCaughtByItsThrower()
    {
        string[] caught = ["WireException", "DivergedException", "DepthException"];
        Type[] one = [typeof(UserException), typeof(SweepFileException), typeof(TrainingConfig), typeof(CommandLine)];
        one.SelectMany(type => type.Assembly.GetTypes()).Where(type => type.IsSubclassOf(typeof(Exception)) && !type.IsSubclassOf(typeof(UserException)))
            .Select(type => type.Name).Except([nameof(UserException), .. caught]).ShouldBeEmpty();
    }

    /// <summary>Help with what there isn't is a fault, wherever the word stands.</summary>
    [Theory]
    [InlineData("results is no command and no option here; did you mean leaderboard?", "results", "--help")]
    [InlineData("ls is no command and no option here; did you mean status?", "ls")]
    [InlineData("leaderbord is no command and no option here; did you mean \"leaderboard\"?", "leaderbord", "-h")]
    [InlineData("shwo is no command and no option here; did you mean \"show\"?", "data", "shwo", "--help")]
    [InlineData("--nosuch is no command and no option here", "plan", "x.yaml", "--nosuch", "--help")]
    [InlineData("--set is tset, must be one of test, validation, train; did you mean \"test\"?", "inspect", "1", "--set", "tset")]
    [InlineData(
        "--set is tset, must be one of test, validation, train or the path of images that are there; did you mean \"test\"?",
        "evaluate", "1", "--set", "tset")]
    [InlineData("--format is xml, must be one of table, json, csv, markdown", "leaderboard", "--format", "xml")]
    [InlineData("--kernels is foo, must be one of auto, onednn, managed", "run", "x.yaml", "--kernels", "foo")]
    [InlineData("--format is jsn, must be text or json; did you mean \"json\"?", "status", "--format", "jsn")]
    public async Task WhatThereIsNotIsRefusedInOneLine(string fault, params string[] arguments)
    {
        var (exit, error) = await RefusalAsync(arguments);
        exit.ShouldBe(2);
        var lines = error.TrimEnd().Split(Environment.NewLine);
        lines.Length.ShouldBe(2);
        lines[0].ShouldBe($"fsweep: {fault}");
        lines[1].ShouldStartWith("See ./fsweep");
    }

    [Fact]
    public void EveryWordThatStandsForAVerbStandsForOneThatThereIs()
    {
        foreach (var word in (string[])["start", "check", "import", "list", "logs", "stop", "retry", "best", "worker", "infer"])
            CommandLine.Verbs.Select(verb => verb.Name).ShouldContain(VerbWords.Meant(word));
    }

    private static async Task<(int Exit, string Error)> RefusalAsync(string[] arguments)
    {
        using var error = new StringWriter();
        return (await CommandLine.RunAsync(arguments, TextWriter.Null, error), error.ToString());
    }

    private static string Help(params string[] arguments)
    {
        using var output = new StringWriter();
        var parsed = CommandLine.Create(arguments[0]).Parse(arguments);
        parsed.Errors.ShouldBeEmpty();
        parsed.Invoke(new InvocationConfiguration { Output = output }).ShouldBe(0);
        return output.ToString();
    }
}
