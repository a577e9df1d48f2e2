using System.Text;
using FashionSweep.Search.Sweeps;

namespace FashionSweep.Search.Tests.Sweeps;

public sealed class YamlFaultTests
{
    [Theory]
    [InlineData("", "1:1: the file is empty; a sweep needs method and parameters")]
    [InlineData("# nothing\n", "1:1: the file is empty; a sweep needs method and parameters")]
    [InlineData("method: grid\nparameters:\n\tdepth: 1\n", "3:1: a tab can't indent a line: use spaces")]
    [InlineData("method: grid\nparameters:\n  depth: 1\n\twidth: 1\n", "4:1: a tab can't indent a line: use spaces")]
    [InlineData("name: \"t\nmethod: grid\n", "1:7: this quotation mark is never closed")]
    [InlineData("name: 't\n", "1:7: this quotation mark is never closed")]
    [InlineData("name: \"\\q\"\n", "1:7: unknown escape in this quoted text: use single quotes, or \\\\ for a backslash")]
    [InlineData("parameters:\n  depth: [1, 2\nmethod: grid\n", "2:10: this bracket is never closed, or a comma is missing behind it")]
    [InlineData("parameters:\n  depth: {value: 2\nmethod: grid\n", "2:10: this bracket is never closed, or a comma is missing behind it")]
    [InlineData("parameters: {depth: [1, 2}\n", "1:21: this bracket is never closed, or a comma is missing behind it")]
    [InlineData("depth: [", "1:8: this bracket is never closed, or a comma is missing behind it")]
    [InlineData("method: grid\n  name: t\n", "2:7: this colon makes a key inside of a value: indent the key like its neighbours, or put the value in quotes")]
    [InlineData("parameters:\n  depth: 1\n width: 2\n", "3:2: a key was expected here: write `key: value`, indented exactly like its neighbours")]
    [InlineData("method: grid\nname\nseed: 1\n", "2:1: a key was expected here: write `key: value`, indented exactly like its neighbours")]
    [InlineData("- a\nb: 1\n", "2:1: a list goes on here, so the line must start with \"- \"; a list can't have keys beside its items")]
    [InlineData("name: @t\n", "1:7: a value can't start with @: put it in quotes")]
    [InlineData("name: ]\n", "1:7: a value was expected here, found ]")]
    [InlineData("seed: 1\n!!in[t e: 1\n", "1:8: tags (!) are not supported: write the value without one")]
    [InlineData("{\"method\": \"grid\",\r\n \"name\" \"😀\", \"parameters\": {\"depth\": 1}}", "2:9: a colon is missing before this: write `key: value`")]
    [InlineData("{\"method\": \"grid\",\n \"parameters\": {\"depth\": 1}", "1:1: this bracket is never closed, or a comma is missing behind it")]
    [InlineData(
        "{\"method\": \"grid\", \"parameters\": {\"depth\": 1, \"depth\": 2}}",
        "1:47: \"depth\" is given twice, first on line 1; a key may stand only once")]
    [InlineData(
        "{\"method\": \"grid\", \"parameters\": {\"learning_rate\": \"1e-4\"}}",
        "1:52: learning_rate is \"1e-4\", must be a number above 0; leave the quotes away")]
    [InlineData("{method: grid}\nseed: 1\n", "2:1: the file's mapping has ended before this: indent it like the keys above, or remove it")]
    [InlineData("%YAML 1.1\nname: t\n", "1:1: directives (%) are not supported: leave the line out")]
    [InlineData("%YAML 9.9\n---\nname: t\n", "1:1: directives (%) are not supported: leave the line out")]
    public void ASyntaxFaultIsSaidInPlainWords(string text, string fault) => SweepText.Faults(text).ShouldBe([fault]);

    [Theory]
    [InlineData("  depth: 1\n  depth: 2", "4:3: \"depth\" is given twice, first on line 3; a key may stand only once")]
    [InlineData("  depth: *a\n  width: &a 1", "3:10: no anchor of this name stands before it: write &a before the value that is meant")]
    [InlineData("  depth: 1\n  <<: [3]", "4:8: << merges 3, must be a mapping, as <<: *base")]
    [InlineData(
        "  depth: [1]*b",
        "3:13: no anchor of this name stands before it: write &b before the value that is meant",
        "4:1: a key was expected here: write `key: value`, indented exactly like its neighbours")]
    [InlineData("  depth: !!int 1", "3:10: tags (!) are not supported: write the value without one")]
    [InlineData("  depth: 1\n---\nmethod: grid", "4:1: a second document starts here; a sweep file holds one")]
    [InlineData("  depth: 1\n  ? [a]\n  : 2", "4:5: a key is a list, must be a word")]
    public void WhatYamlHasBeyondASweepFileIsRefused(string parameters, params string[] faults) =>
        SweepText.Faults($"method: grid\nparameters:\n{parameters}\n").ShouldBe(faults);

    [Fact]
    public void BytesThatAreNotUtf8AreToldWithTheirPlace() =>
        SweepText.Faults([.. "name: t\nmethod: "u8, 0xff, .. "grid"u8]).ShouldBe(["2:9: byte 0xff is not UTF-8: save the file as UTF-8"]);

    [Fact]
    public void AControlCharacterIsNotTheEndOfTheFile() =>
        SweepText.Faults("method: grid\nparameters: {depth: 1}\n\0seed: x").ShouldBe(["3:1: control character 0, must be text"]);

    [Fact]
    public void AnEscapeSequenceNeverReachesTheTerminal() =>
        SweepText.Faults("method: \"\\e[31m\"\nparameters: {depth: 1}").ShouldHaveSingleItem().ShouldStartWith("1:9: method is \"\\u001b[31m\", must be");

    [Fact]
    public void AFileThatIsTooLargeIsNotRead() =>
        SweepText.Faults(new byte[SweepFile.MaxBytes + 1]).ShouldBe([" the file is larger than 1 MiB, must be at most 1048576 bytes"]);

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    public void HostileNestingIsRefusedBeforeItIsRead(string opening) =>
        SweepText.Faults(string.Concat(Enumerable.Repeat(opening, SweepFile.MaxBytes / opening.Length))).ShouldHaveSingleItem()
            .ShouldEndWith("this is nested more than 16 levels deep; a sweep file needs at most 6");

    [Fact]
    public void AnAliasBombIsRefusedWhereItGoesOff()
    {
        var bomb = new StringBuilder("method: grid\nparameters:\n  a: &a [x, x, x, x, x, x, x, x, x]\n");
        for (var level = 'b'; level <= 'z'; level++) bomb.Append($"  {level}: &{level} [{string.Join(", ", Enumerable.Repeat($"*{(char)(level - 1)}", 9))}]\n");
        SweepText.Faults(bomb.ToString()).ShouldContain("7:14: the file's aliases stand for more than 10000 values: write the values out");
    }

    [Fact]
    public void AFileThatIsNotThereSuggestsItsNeighbour()
    {
        var folder = Directory.CreateTempSubdirectory("fsweep-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "quickstart.yaml"), "");
            var missing = Path.Combine(folder, "quickstrat.yaml");
            Should.Throw<SweepFileException>(() => SweepFile.Load(missing, Engine.Catalog)).Message
                .ShouldBe($"{missing}: there is no such file; did you mean {Path.Combine(folder, "quickstart.yaml")}?");
            Should.Throw<SweepFileException>(() => SweepFile.Load(folder, Engine.Catalog)).Message
                .ShouldBe($"{folder}: this is a folder, must be a sweep file");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
