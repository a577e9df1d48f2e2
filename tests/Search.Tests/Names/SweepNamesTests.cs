using System.Text;
using FashionSweep.Search.Names;
using FashionSweep.Search.Sweeps;

namespace FashionSweep.Search.Tests.Names;

public sealed class SweepNamesTests
{
    [Theory]
    [InlineData("quickstart", "quickstart")]
    [InlineData("a.b_c-", "a.b_c-")]
    [InlineData("réseau été n°2", "reseau-ete-n-2")]
    [InlineData("re\u0301seau", "reseau")]
    [InlineData("Größe Ångström Łódź œuvre", "Grosse-Angstrom-Lodz-oeuvre")]
    [InlineData("Đường về nhà", "Duong-ve-nha")]
    [InlineData("İstanbul ığdır", "Istanbul-igdir")]
    [InlineData("実験1", "実験1")]
    [InlineData("сеть № 3", "сеть-3")]
    [InlineData("йога", "йога")]
    [InlineData("नेटवर्क", "नेटवर्क")]
    [InlineData("שלום עולם", "שלום-עולם")]
    [InlineData("신경망", "신경망")]
    [InlineData("𠮷野", "𠮷野")]
    [InlineData("ＡＢＣ１２", "ABC12")]
    [InlineData("a/b\\c:d", "a-b-c-d")]
    [InlineData("../../etc", "etc")]
    [InlineData("--store", "store")]
    [InlineData("a\u202Eb\u0007c", "a-b-c")]
    [InlineData("🚀 1", "sweep-1")]
    [InlineData("№1", "sweep-1")]
    [InlineData("🚀", "")]
    [InlineData("\uD83D", "")]
    [InlineData("", "")]
    public void ANameKeepsTheLettersOfEveryScript(string written, string name) => SweepNames.Of(written).ShouldBe(name);

    [Theory]
    [InlineData("é")]
    [InlineData("験")]
    [InlineData("𠮷")]
    [InlineData("नि")]
    [InlineData("x")]
    public void ALongNameIsCutBetweenLetters(string letter)
    {
        var name = SweepNames.Of(string.Concat(Enumerable.Repeat(letter, 150)) + " !");
        name.Length.ShouldBeLessThanOrEqualTo(100);
        Encoding.UTF8.GetByteCount(name).ShouldBeLessThanOrEqualTo(200);
        name.ShouldBe(string.Concat(Enumerable.Repeat(SweepNames.Of(letter), name.Length / SweepNames.Of(letter).Length)));
    }

    [Fact]
    public void ANameOfANameIsTheSame()
    {
        foreach (var name in (string[])["reseau-ete-n-2", "実験1", "नेटवर्क", "sweep-1", "𠮷野"]) SweepNames.Of(name).ShouldBe(name);
    }

    [Fact]
    public void TheFilesNameStandsInForItsOwnInTheSameWay()
    {
        var bytes = "method: grid\nparameters:\n  depth: [1, 2]\n"u8;
        SweepFile.Parse("実験 1.yaml", bytes, Engine.Catalog).Spec.Name.ShouldBe("実験-1");
        Should.Throw<SweepFileException>(() => SweepFile.Parse("!.yaml", "method: grid\nparameters:\n  depth: [1, 2]\n"u8, Engine.Catalog))
            .Message.ShouldContain("must be up to 100 letters");
    }
}
