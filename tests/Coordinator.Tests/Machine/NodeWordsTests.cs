using FashionSweep.Coordinator.Machine;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Coordinator.Tests.Machine;

public sealed class NodeWordsTests
{
    [Theory]
    [InlineData("out of memory", "out of memory")]
    [InlineData("line 1\nline 2", "line 1\nline 2")]
    [InlineData("\e[2Jgone\a", "�[2Jgone�")]
    [InlineData("\u009b31mred", "�31mred")]
    [InlineData("abc\u202edef", "abc�def")]
    [InlineData("\r\n\t", "�\n\t")]
    public void NothingOfItCommandsATerminal(string said, string shown) => NodeWords.Shown(said).ShouldBe(shown);

    [Fact]
    public void AnEndlessErrorIsCut() => NodeWords.Shown(new string('x', 1_000_000)).ShouldBe(new string('x', NodeWords.Longest) + "…");

    [Fact]
    public void WhatIsShownStaysAsItIs() =>
        Prop.ForAll<NonNull<string>>(said => NodeWords.Shown(NodeWords.Shown(said.Get)).ShouldBe(NodeWords.Shown(said.Get))).QuickCheckThrowOnFailure();
}
