using System.Runtime.CompilerServices;
using FashionSweep.Search.Pruning;
using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Trials;

namespace FashionSweep.Search.Tests.Field.Reading;

/// <summary>Sweep files as people hand them in: what is right of each stands in its comments, as <c># right: 4 trials</c>.</summary>
public sealed class FieldReadingTests
{
    private const string Mark = "# right: ";

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder(), "*.yaml").Select(file => Path.GetFileName(file)!).Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public void EachFileIsReadAsItsAuthorMeantIt(string file)
    {
        var right = File.ReadLines(Path.Combine(Folder(), file))
            .Where(line => line.StartsWith(Mark, StringComparison.Ordinal)).Select(line => line[Mark.Length..]).ToList();
        right.ShouldNotBeEmpty();
        if (right.Any(line => line.StartsWith("fault ", StringComparison.Ordinal)))
            FaultsOf(file).ShouldBe(right.Select(line => line["fault ".Length..]), ignoreOrder: true);
        else Check(SweepFile.Load(Path.Combine(Folder(), file), Engine.Catalog).Spec, right);
    }

    private static void Check(SweepSpec spec, List<string> right)
    {
        var first = right.Where(line => line.StartsWith("first ", StringComparison.Ordinal)).ToList();
        TrialPreview.Of(spec).Take(first.Count)
            .Select(trial => $"first {string.Join(", ", spec.Parameters.Select(parameter => $"{parameter.Name}={trial[parameter.Name]}"))}").ShouldBe(first);
        foreach (var line in right.Except(first))
        {
            if (line.StartsWith("note ", StringComparison.Ordinal)) SweepNotices.Of(spec).ShouldContain(line["note ".Length..]);
            else if (line.EndsWith(" trials", StringComparison.Ordinal)) $"{TrialSource.CountOf(spec)} trials".ShouldBe(line);
            else if (line.StartsWith("method ", StringComparison.Ordinal)) $"method {spec.Method.ToString().ToLowerInvariant()}".ShouldBe(line);
            else if (line.StartsWith("hyperband ", StringComparison.Ordinal)) Shown(spec.Pruning).ShouldBe(line);
            else Shown(spec.Parameters.Single(parameter => parameter.Name == line.Split('=')[0])).ShouldBe(line);
        }
    }

    private static string Shown(SearchParameter parameter) => $"{parameter.Name}=" + parameter.Domain switch
    {
        SearchDomain.Constant constant => constant.Value.ToString(),
        SearchDomain.Choices { Probabilities: { } shares } choices => $"[{string.Join(", ", choices.Values)}] with {string.Join(", ", shares)}",
        SearchDomain.Choices choices => $"[{string.Join(", ", choices.Values)}]",
        var other => other.ToString(),
    };

    private static string Shown(PrunerSpec pruning) => pruning is PrunerSpec.Hyperband hyperband
        ? FormattableString.Invariant($"hyperband 1/{hyperband.Eta} {(hyperband.Rule == RungRule.AtRung ? "at the rung" : "by the best so far")}: ")
            + string.Join(", ", Rungs.Of(hyperband).Take(5))
        : pruning.ToString();

    private static IEnumerable<string> FaultsOf(string file)
    {
        var path = Path.Combine(Folder(), file);
        return Should.Throw<SweepFileException>(() => SweepFile.Load(path, Engine.Catalog)).Faults.Select(fault => fault.ToString()[(path.Length + 1)..]);
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
