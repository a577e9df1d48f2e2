using System.Text.RegularExpressions;

namespace FashionSweep.EndToEnd.Tests.Architecture;

/// <summary>Holds the habits of the house over the source text.</summary>
public sealed partial class HabitTests
{
    private static readonly IReadOnlyList<Source> Sources = [.. ReadSources()];

    [Theory]
    [InlineData("using LiteDB", "Coordinator/Storage")]
    [InlineData("Akka", "Shared/Cluster", "Coordinator/Actors", "Coordinator/Cli/Clusters", "TrainerNode/Actor", "TrainerNode/NodeHost.cs")]
    [InlineData("YamlDotNet", "Search/Sweeps")]
    [InlineData("libdnnl", "Training/Kernels")]
    [InlineData("using TorchSharp", "Training.Torch")]
    [InlineData("Spectre.Console", "Coordinator/Cli")]
    [InlineData("System.Diagnostics.Process", "Coordinator/Actors")]
    [InlineData("Microsoft.AspNetCore", "Coordinator/Web", "Coordinator/Telemetry")]
    [InlineData("Microsoft.Extensions.Hosting", "Coordinator/Web", "Coordinator/Telemetry", "Coordinator/Cli/Clusters", "TrainerNode/NodeHost.cs")]
    [InlineData("Microsoft.Extensions.Logging", "Coordinator/Telemetry")]
    [InlineData("OpenTelemetry", "Coordinator/Telemetry")]
    public void ALibraryStaysInItsFolders(string library, params string[] folders) =>
        Lines("")
            .Where(line => line.Text.Contains(library, StringComparison.Ordinal)
                && !folders.Any(folder => line.File == folder || line.File.StartsWith($"{folder}/", StringComparison.Ordinal))
                && !line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal))
            .ShouldBeEmpty();

    [Theory]
    [InlineData("Coordinator/Machine")]
    [InlineData("Shared/Links")]
    [InlineData("TrainerNode/Machine")]
    public void AMachineDecidesAndDoesNothing(string folder) =>
        Lines(folder).Where(line => ActionPattern().IsMatch(line.Text)).ShouldBeEmpty();

    [Fact]
    public void TimeAndChanceAreInjected() =>
        Lines("").Where(line => ClockOrChancePattern().IsMatch(line.Text)).ShouldBeEmpty();

    [Fact]
    public void NothingIsLeftForLater() =>
        Lines("").Where(line => UnfinishedPattern().IsMatch(line.Text)).ShouldBeEmpty();

    [GeneratedRegex(@"\b(async|await|Task|Thread|File|Stream|Process(?=\.)|Console|Stopwatch|TimeProvider|ILogger)\b(?!\w)")]
    private static partial Regex ActionPattern();

    [GeneratedRegex(@"DateTime(Offset)?\.(Utc)?Now|Random\.Shared|new Random\(\)|Thread\.Sleep")]
    private static partial Regex ClockOrChancePattern();

    [GeneratedRegex(@"TODO|FIXME|HACK|NotImplementedException")]
    private static partial Regex UnfinishedPattern();

    private static IEnumerable<SourceLine> Lines(string folder) => Sources
        .Where(source => source.File.StartsWith(folder, StringComparison.Ordinal))
        .SelectMany(source => source.Text.Split('\n').Select((text, index) => new SourceLine(source.File, index + 1, text)));

    private static IEnumerable<Source> ReadSources()
    {
        var root = Path.Combine(Repository.Root, "src");
        return Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .Select(file => new Source(file, File.ReadAllText(Path.Combine(root, file))));
    }

    private sealed record Source(string File, string Text);

    private sealed record SourceLine(string File, int Line, string Text)
    {
        public override string ToString() => $"{File}:{Line}: {Text.Trim()}";
    }
}
