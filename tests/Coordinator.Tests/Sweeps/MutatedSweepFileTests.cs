using System.Text;
using FashionSweep.Coordinator.Sampling;
using FashionSweep.Coordinator.Sweeps;
using FashionSweep.Coordinator.Trials;

namespace FashionSweep.Coordinator.Tests.Sweeps;

/// <summary>Whatever stands in a file: a spec that can start, or faults with their places, and nothing else.</summary>
public sealed class MutatedSweepFileTests
{
    private const string Seed = """
        name: t  # comment
        method: random
        metric: {name: val_loss, goal: minimize}
        run_cap: 5
        seed: 7
        description: >-
          folded
        parameters:
          optimizer:
            values:
            - sgd
            - "adam"
          learning_rate: {distribution: log_uniform_values, min: 1e-4, max: 0.1}
          hidden: [[128, 64], [256]]
          dropout: {min: 0, max: 0.5}
          momentum: {value: 0.9}
          batch_size: {min: 1, max: 64}
          nesterov: [true, false]
        """;

    private static readonly string[] Pieces =
    [
        "\n", "\t", " ", "  ", ":", ": ", "- ", "? ", "[", "]", "{", "}", ",", "\"", "'", "#", "&a", "*a", "!", "!!int ", "|", ">", "%", "@", "`", "\\",
        "---\n", "...\n", "<<: ", "~", "\0", "\ud800", "é", "\uFEFF",
        "\r", "!!in[t ", "|2\n", "!<", "\u0085", "\u2028", "0", "-1", "1e999", ".nan", "-.inf", "9223372036854775808", "0x7fffffffffffffff",
        "values", "min", "method: grid\n", "depth: 3", "true", "%YAML 1.1\n",
    ];

    [Fact]
    public void MutatedTextGivesASpecOrFaults()
    {
        var random = new Random(20);
        for (var round = 0; round < 5000; round++) ReadOrRefuse(Encoding.UTF8.GetBytes(Mutate(Seed, random)));
    }

    [Fact]
    public void MutatedBytesGiveASpecOrFaults()
    {
        var random = new Random(21);
        for (var round = 0; round < 3000; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(Seed);
            for (var change = random.Next(1, 6); change > 0; change--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            ReadOrRefuse(bytes);
        }
    }

    private static string Mutate(string text, Random random)
    {
        for (var change = random.Next(1, 8); change > 0; change--)
        {
            var at = random.Next(text.Length + 1);
            var length = Math.Min(random.Next(12), text.Length - at);
            text = random.Next(4) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, Pieces[random.Next(Pieces.Length)]),
                2 => text.Insert(random.Next(text.Length + 1), text.Substring(at, length)),
                _ => text.Remove(at, length).Insert(at, Pieces[random.Next(Pieces.Length)]),
            };
        }
        return text;
    }

    private static void ReadOrRefuse(byte[] bytes)
    {
        try
        {
            var spec = SweepFile.Parse(SweepText.Path, bytes).Spec;
            Samplers.For(spec).Choose(TrialSource.CountOf(spec))!.Count.ShouldBe(spec.Parameters.Count);
        }
        catch (SweepFileException exception)
        {
            exception.Faults.ShouldNotBeEmpty();
            exception.Faults.ShouldAllBe(fault => fault.Line >= 1 && fault.Column >= 1 && fault.Message.Length > 0 && !fault.Message.Any(char.IsControl));
        }
        catch (Exception exception) when (exception is not ShouldAssertException)
        {
            throw new InvalidOperationException($"Neither a spec nor faults: {Convert.ToBase64String(bytes)}", exception);
        }
    }
}
