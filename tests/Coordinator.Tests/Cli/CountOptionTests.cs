using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class CountOptionTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("1.5")]
    [InlineData("11")]
    [InlineData("99999999999")]
    public void WhatIsNoCountIsRefusedWithTheRule(string text) =>
        Parse("--top", text).Errors.ShouldHaveSingleItem().Message.ShouldBe($"--top is {text}, must be a whole number from 1 to 10");

    [Fact]
    public void WithoutItsValueStandsIn() => Value([]).ShouldBe(3);

    [Fact]
    public void ACountIsTaken() => Value("--top", "10").ShouldBe(10);

    private static int? Value(params string[] arguments)
    {
        var parsed = Parse(arguments);
        parsed.Errors.ShouldBeEmpty();
        return parsed.GetValue<int?>("--top");
    }

    private static ParseResult Parse(params string[] arguments) =>
        new Command("verb") { CountOption.Create("--top", "How many", otherwise: 3, most: 10) }.Parse(arguments);
}
