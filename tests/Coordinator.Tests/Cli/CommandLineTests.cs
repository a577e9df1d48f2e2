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

    private static string Help(params string[] arguments)
    {
        using var output = new StringWriter();
        var parsed = CommandLine.Create(arguments[0]).Parse(arguments);
        parsed.Errors.ShouldBeEmpty();
        parsed.Invoke(new InvocationConfiguration { Output = output }).ShouldBe(0);
        return output.ToString();
    }
}
