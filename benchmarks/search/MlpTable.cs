using System.Globalization;
using System.IO.Compression;
using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Search.Benchmarks;

/// <summary>Recorded results of every one of some configurations of a dense network on Fashion-MNIST: a search is one of looking up.</summary>
/// <param name="Curves">The validation accuracy of each epoch, of each configuration.</param>
internal sealed record MlpTable(SearchProblem Problem, IReadOnlyList<double[]> Curves)
{
    public const string Name = "mlp";

    private const int Parameters = 6;

    public static string File { get; } = Path.Combine(AppContext.BaseDirectory, "mlp-table.csv.gz");

    /// <returns>Null where the table is not there.</returns>
    public static MlpTable? Read()
    {
        if (!System.IO.File.Exists(File)) return null;
        using var reader = new StreamReader(new GZipStream(System.IO.File.OpenRead(File), CompressionMode.Decompress));
        var names = reader.ReadLine()!.Split(',')[..Parameters];
        var rows = new Dictionary<ParameterSet, double>();
        var curves = new List<double[]>();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            double[] accuracies = [.. cells[Parameters..].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
            curves.Add(accuracies);
            rows[new ParameterSet(names.Zip(cells, (name, cell) => KeyValuePair.Create(name, ValueOf(name, cell))))] = 1 - accuracies.Max();
        }
        var space = new SearchSpace(
            TrainerCatalog.Parameters,
            [.. names.Select(name => new SearchParameter(name, new SearchDomain.Choices([.. rows.Keys.Select(row => row[name]!).Distinct()])))]);
        return new MlpTable(new SearchProblem(Name, space, trial => rows[trial], rows.Values.Min()), curves);
    }

    private static ParameterValue ValueOf(string name, string cell) => name switch
    {
        "optimizer" => cell,
        "learning_rate" or "dropout" => double.Parse(cell, CultureInfo.InvariantCulture),
        _ => long.Parse(cell, CultureInfo.InvariantCulture),
    };
}
