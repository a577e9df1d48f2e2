using System.Globalization;
using System.IO.Compression;
using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Search.Benchmarks;

/// <summary>Recorded results of every point of a grid of networks on Fashion-MNIST: a search is one of looking up.</summary>
/// <param name="Curves">The validation accuracy of each epoch, of each configuration.</param>
/// <param name="WeightsOf">How many a configuration's network has.</param>
internal sealed record RecordedTable(SearchProblem Problem, IReadOnlyList<double[]> Curves, Func<ParameterSet, double> WeightsOf)
{
    public static string FileOf(string name) => Path.Combine(AppContext.BaseDirectory, $"{name}-table.csv.gz");

    public static RecordedTable Read(string name)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(FileOf(name)), CompressionMode.Decompress));
        var head = reader.ReadLine()!.Split(',');
        // The parameters end where the weights stand; the epochs are e1, e2, ….
        var (weights, first) = (Array.IndexOf(head, "weights"), Array.IndexOf(head, "e1"));
        var rows = new Dictionary<ParameterSet, (double Weights, double[] Curve)>();
        while (reader.ReadLine()?.Split(',') is { } cells)
        {
            var point = new ParameterSet(head[..weights].Zip(cells, (parameter, cell) => KeyValuePair.Create(parameter, ValueOf(parameter, cell))));
            rows[point] = (Number(cells[weights]), [.. cells[first..].Select(Number)]);
        }
        var space = new SearchSpace(
            TrainerCatalog.Parameters,
            [.. head[..weights].Select(parameter => new SearchParameter(
                parameter, new SearchDomain.Choices([.. rows.Keys.Select(row => row[parameter]!).Distinct()])))]);
        return new RecordedTable(
            new SearchProblem(name, space, trial => Loss(rows[trial].Curve), rows.Values.Min(row => Loss(row.Curve))),
            [.. rows.Values.Select(row => row.Curve)], trial => rows[trial].Weights);
    }

    private static double Loss(double[] curve) => 1 - curve.Max();

    private static ParameterValue ValueOf(string parameter, string cell) => parameter switch
    {
        "optimizer" => cell,
        "normalized" => bool.Parse(cell),
        "learning_rate" or "dropout" => Number(cell),
        _ => long.Parse(cell, CultureInfo.InvariantCulture),
    };

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}
