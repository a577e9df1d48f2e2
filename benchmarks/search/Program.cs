using System.Globalization;
using FashionSweep.Search.Benchmarks;

// How far the best of so many trials is from the best there is: the median of 30 searches and its quartiles, ours and Optuna's.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int Seeds = 30;
// Optuna's Gaussian process takes minutes for a search: fewer of them, and they end at 50 trials.
const int SeedsOfTheirGp = 5;
var (dense, convolutional) = (RecordedTable.Read("mlp"), RecordedTable.Read("cnn"));
List<SearchProblem> asked =
    [.. Problems.All.Concat([dense.Problem, convolutional.Problem]).Where(problem => args.Length == 0 || args.Contains(problem.Name))];
if (!Optuna.IsThere) Console.WriteLine("No Optuna here: ours alone.\n");

Console.WriteLine($"{"",-17}{"at a time",-11}{"",-42}{string.Concat(Search.Budgets.Select(budget => $"{$"after {budget}",-28}"))}");
foreach (var problem in asked)
{
    var theirs = Optuna.Regrets(problem, "tpe,cmaes", Seeds, Search.Budgets)
        .Concat(Optuna.Regrets(problem, "gp", SeedsOfTheirGp, Search.Budgets.SkipLast(1))).ToList();
    foreach (var parallel in (int[])[1, 8])
    {
        foreach (var (name, start) in Contenders.All)
            Print(problem, parallel, name, [.. Enumerable.Range(1, Seeds).Select(seed => Search.Regrets(problem, start, seed, parallel))]);
        foreach (var way in theirs.Where(search => search.Parallel == parallel).GroupBy(search => search.Sampler))
            Print(problem, parallel, way.Key, [.. way.Select(search => search.Regrets)]);
    }
    Console.WriteLine();
}
Console.WriteLine($"Behind an earlier sweep of {PriorWorth.TrialsBefore} trials, by what it had looked at");
foreach (var problem in asked.Where(PriorWorth.Suits))
    foreach (var parallel in (int[])[1, 8])
        foreach (var (name, start) in PriorWorth.Contenders)
            foreach (var (looked, lossThere) in PriorWorth.Ways)
                Print(
                    problem, parallel, $"{name}, {looked}",
                    [.. Enumerable.Range(1, Seeds).Select(seed => PriorWorth.Regrets(problem, start, lossThere, seed, parallel))]);
Console.WriteLine();
Console.WriteLine("Milliseconds of the processor for a proposal, of 10 parameters");
foreach (var (name, start) in Contenders.All)
    foreach (var trials in ProposalTime.Trials)
        Console.WriteLine($"{name,-42}{trials,6:N0} trials {ProposalTime.After(start, trials, parameters: 10).TotalMilliseconds,10:N2}");
foreach (var (name, trials, milliseconds) in Optuna.Costs("tpe,gp,cmaes")) Console.WriteLine($"{name,-42}{trials,6:N0} trials {milliseconds,10:N2}");

foreach (var table in new[] { dense, convolutional }.Where(table => asked.Contains(table.Problem)))
{
    Console.WriteLine(
        $"\n{table.Problem.Name}: front of accuracy and weights, what it leaves behind it of what the whole table's does, "
            + $"after {string.Join(", ", TableFront.Budgets)} trials:");
    var (front, theirs) = (new TableFront(table), Optuna.Fronts(table.Problem.Name, Seeds));
    foreach (var parallel in (int[])[1, 8])
    {
        foreach (var (name, start) in Contenders.All.Where(one => one.Name != "cmaes"))
            PrintFront(parallel, name, [.. Enumerable.Range(1, Seeds).Select(seed => front.Shares(start, seed, parallel))]);
        foreach (var way in theirs.Where(search => search.Parallel == parallel).GroupBy(search => search.Sampler))
            PrintFront(parallel, way.Key, [.. way.Select(search => search.Shares)]);
    }
}
if (asked.Contains(dense.Problem))
{
    Console.WriteLine(
        $"\nAll {dense.Curves.Count:N0} configurations of the table, 8 at a time in {Seeds} orders; epochs trained of all, "
            + "and points from the table's best accuracy (median, worst):");
    foreach (var (name, spec) in Halving.Rules)
    {
        var runs = Enumerable.Range(1, Seeds).Select(seed => Halving.Run(dense.Curves, spec, seed)).ToList();
        Console.WriteLine(
            $"{name,-30}{Middle(runs.Select(run => run.Share)),8:P1} {runs.Max(run => run.Share),8:P1}   "
                + $"{100 * Middle(runs.Select(run => run.Regret)),6:F2} {100 * runs.Max(run => run.Regret),6:F2}");
    }
}

static double Middle(IEnumerable<double> numbers) => Quartiles.Of(numbers).Median;

static void PrintFront(int parallel, string sampler, IReadOnlyList<double[]> searches) =>
    Console.WriteLine(
        $"{parallel,-4}{sampler,-42}"
            + $"{string.Concat(TableFront.Budgets.Select((_, budget) => $"{Quartiles.Of(searches.Select(found => found[budget])),-28}"))}");

static void Print(SearchProblem problem, int parallel, string sampler, IReadOnlyList<double[]> searches) =>
    Console.WriteLine(
        $"{problem.Name,-17}{parallel,-11}{sampler,-42}"
            + $"{string.Concat(searches[0].Select((_, budget) => $"{Quartiles.Of(searches.Select(regrets => regrets[budget])),-28}"))}");
