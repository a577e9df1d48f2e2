using System.Globalization;
using System.Text;
using System.Text.Json;
using FashionSweep.Coordinator.Web.Dashboard;
using FashionSweep.EndToEnd.Tests;

namespace FashionSweep.Dashboard.Tests;

/// <summary>Columns of very many trials, packed by the coordinator, as the page reads them.</summary>
[Collection(nameof(Site))]
public sealed class PackedTests(Site site)
{
    // A module that imports nothing: without that it is one, a browser takes it in the midst of a function.
    private static readonly string Unpack = $$"""
        text => {
          {{File.ReadAllText(Path.Combine(Repository.Root, "src/Coordinator/Web/Dashboard/Page/trials/packed.js")).Replace("export ", "")}}
          return JSON.parse(text).map(packed => [...unpacked(packed)].map(value => (Number.isNaN(value) ? null : value)));
        }
        """;

    [Fact]
    public async Task WhatIsPackedIsReadToTheLastBit()
    {
        var random = new Random(3);
        long?[] accuracies = [.. Enumerable.Range(0, 500).Select(at => at % 7 == 0 ? (long?)null : random.Next(10_001))];
        long?[] numbers = [.. Enumerable.Range(1, 500).Select(at => (long?)at)];
        long?[] wide = [null, -5_000_000_000, 7, 1_000_000_000_000, null];
        double?[] drawn = [null, 0, .. Enumerable.Range(0, 500).Select(_ => (double?)Math.Pow(10, (8 * random.NextDouble()) - 6)), -0.0123, 12345678];
        PackedNumbers[] packed =
            [new(accuracies, 4), new(numbers, 0), new(wide, 0), new([null, null], 0), new([], 0), PackedNumbers.Significant(drawn, 3)];

        await using var visit = await site.OpenAsync("?page=new");
        var read = await visit.Page.EvaluateAsync<double?[][]>(Unpack, Json(packed));

        read[0].ShouldBe(accuracies.Select(value => value / 10_000.0));
        read[1].ShouldBe(numbers.Select(value => (double?)value));
        read[2].ShouldBe(wide.Select(value => (double?)value));
        read[3].ShouldBe([null, null]);
        read[4].ShouldBeEmpty();
        read[5].ShouldBe(drawn.Select(value => value is { } number && Math.Abs(number) < 1000 ? Rounded(number) : value));
    }

    private static double Rounded(double value) => double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Json(PackedNumbers[] all)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            foreach (var one in all) one.Write(json);
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
