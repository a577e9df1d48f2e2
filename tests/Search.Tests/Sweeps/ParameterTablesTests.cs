using System.Runtime.CompilerServices;
using FashionSweep.Search.Sweeps;

namespace FashionSweep.Search.Tests.Sweeps;

public sealed class ParameterTablesTests
{
    private const string Begin = "<!-- parameters -->\n";
    private const string End = "\n<!-- /parameters -->";
    private const string Renew = "RENEW_PAGES";

    [Fact]
    public void ThePageOfParametersIsUpToDate()
    {
        var page = File.ReadAllText(Page());
        var (begin, end) = (page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, page.IndexOf(End, StringComparison.Ordinal));
        var tables = ParameterTables.Of(Engine.Catalog);
        if (Environment.GetEnvironmentVariable(Renew) is not null) File.WriteAllText(Page(), page[..begin] + tables + page[end..]);
        else page[begin..end].ShouldBe(tables, $"docs/parameters.md differs from the catalogue; this test writes its tables anew with {Renew}=1");
    }

    private static string Page([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../../docs/parameters.md"));
}
