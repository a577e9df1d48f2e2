using System.CommandLine;
using FashionSweep.Coordinator.Cli;
using FashionSweep.Coordinator.Cli.Completion;

namespace FashionSweep.Coordinator.Tests.Cli.Completion;

public sealed class CommandTreeTests
{
    private static readonly CommandTree Tree = CommandLine.Tree();

    [Fact]
    public void ItHasEachVerbInItsGroup() => Tree.Groups.Select(group => (group.Title, string.Join(' ', group.Verbs.Select(verb => verb.Name))))
        .ShouldBe(CommandLine.Groups.Select(group => (group.Title, string.Join(' ', group.Verbs.Select(verb => verb.Name)))));

    [Fact]
    public void VerbsBelowVerbsAreKnownByBothWords() => Tree.Pairs.ShouldBe(["data show", "data fetch", "new model"]);

    [Fact]
    public void EachOptionSaysWhatItIsForInOneLine()
    {
        foreach (var (verb, option) in Tree.Verbs.SelectMany(verb => verb.Options.Select(option => (verb, option))))
        {
            option.Meaning.ShouldNotBeEmpty($"{verb.Path} {option.Name}");
            option.Meaning.ShouldNotContain("\n");
        }
    }

    [Theory]
    [InlineData("run", "--store", TypedPath.Folders)]
    [InlineData("run", "--plugin", TypedPath.Files)]
    [InlineData("run", "--kernels", TypedPath.None, "auto", "onednn", "managed")]
    [InlineData("run", "--nodes", TypedPath.None)]
    [InlineData("node", "--data", TypedPath.Folders)]
    [InlineData("node", "--engine", TypedPath.None, "native", "torchsharp")]
    [InlineData("model", "--svg", TypedPath.Files)]
    [InlineData("data fetch", "--to", TypedPath.Folders)]
    [InlineData("coordinator", "--certificate", TypedPath.Files)]
    [InlineData("predict", "--set", TypedPath.Files, "test", "validation", "train")]
    [InlineData("leaderboard", "--format", TypedPath.None, "table", "json", "csv", "markdown")]
    public void WhatAnOptionTakesIsKnown(string verb, string option, object path, params string[] words)
    {
        var value = VerbAt(verb).Options.Single(one => one.Name == option).Value!;
        value.Path.ShouldBe(path);
        value.Words.ShouldBe(words);
    }

    [Theory]
    [InlineData("run", TypedPath.Files)]
    [InlineData("reproduce", TypedPath.Files)]
    [InlineData("backup", TypedPath.Folders)]
    [InlineData("show", TypedPath.None)]
    [InlineData("completion", TypedPath.None, "bash", "zsh", "fish")]
    public void WhatAVerbTakesIsKnown(string verb, object path, params string[] words)
    {
        var value = VerbAt(verb).Arguments.ShouldHaveSingleItem().Value;
        value.Path.ShouldBe(path);
        value.Words.ShouldBe(words);
    }

    [Fact]
    public void FlagsTakeNoValueAndHiddenOptionsAreNone()
    {
        VerbAt("run").Options.Single(option => option.Name == "--resume").Value.ShouldBeNull();
        VerbAt("run").Options.Single(option => option.Name == "--help").Value.ShouldBeNull();
        var verb = new Command("verb", "Does") { new Option<string>("--secret") { Hidden = true }, new Option<string[]>("--many") };
        var typed = CommandTree.Of(new RootCommand(), [("Group", [verb])]).Verbs.ShouldHaveSingleItem();
        typed.Options.Select(option => (option.Name, option.Repeats)).ShouldBe([("--many", true), ("--help", false)]);
    }

    private static TypedVerb VerbAt(string path) => Tree.Verbs.Single(verb => verb.Path == path);
}
