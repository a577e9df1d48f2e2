using System.Globalization;
using FashionSweep.Search.Benchmarks;

// How far the best of so many trials is from the best there is: the median of 30 searches and its quartiles, ours and Optuna's.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int Seeds = 30;
// Optuna's Gaussian process takes minutes for a search.
const int SeedsOfTheirGp = 3;
var table = MlpTable.Read();
if (table is null) Console.WriteLine("No mlp-table.csv.gz here: left out.\n");
List<SearchProblem> problems = [.. Problems.All, .. table is null ? Array.Empty<SearchProblem>() : [table.Problem]];
List<SearchProblem> asked = [.. problems.Where(problem => args.Length == 0 || args.Contains(problem.Name))];
if (!Optuna.IsInstalled) Console.WriteLine("No Optuna: benchmarks/search/debian-root installs it. Ours alone.\n");

Console.WriteLine($"{"",-17}{"at a time",-11}{"",-42}{string.Concat(Search.Budgets.Select(budget => $"{$"after {budget}",-28}"))}");
foreach (var problem in asked)
{
    var theirs = Optuna.Regrets(problem, "tpe,cmaes", Seeds).Concat(Optuna.Regrets(problem, "gp", SeedsOfTheirGp)).ToList();
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

if (table is not null && asked.Contains(table.Problem))
{
    Console.WriteLine(
        $"\nFront of accuracy and weights, what it leaves behind it of what the whole table's does, after {string.Join(", ", MlpFront.Budgets)} trials:");
    var (front, theirs) = (new MlpFront(table.Problem), Optuna.Fronts(Seeds));
    foreach (var parallel in (int[])[1, 8])
    {
        foreach (var (name, start) in Contenders.All.Where(one => one.Name != "cmaes"))
            PrintFront(parallel, name, [.. Enumerable.Range(1, Seeds).Select(seed => front.Shares(start, seed, parallel))]);
        foreach (var way in theirs.Where(search => search.Parallel == parallel).GroupBy(search => search.Sampler))
            PrintFront(parallel, way.Key, [.. way.Select(search => search.Shares)]);
    }
    Console.WriteLine(
        $"\nAll {table.Curves.Count:N0} configurations of the table, 8 at a time in {Seeds} orders; epochs trained of all, "
            + "and points from the table's best accuracy (median, worst):");
    foreach (var (name, spec) in Halving.Rules)
    {
        var runs = Enumerable.Range(1, Seeds).Select(seed => Halving.Run(table.Curves, spec, seed)).ToList();
        Console.WriteLine(
            $"{name,-30}{Middle(runs.Select(run => run.Share)),8:P1} {runs.Max(run => run.Share),8:P1}   "
                + $"{100 * Middle(runs.Select(run => run.Regret)),6:F2} {100 * runs.Max(run => run.Regret),6:F2}");
    }
}

static double Middle(IEnumerable<double> numbers) => Quartiles.Of(numbers).Median;

static void PrintFront(int parallel, string sampler, IReadOnlyList<double[]> searches) =>
    Console.WriteLine(
        $"{parallel,-4}{sampler,-42}"
            + $"{string.Concat(MlpFront.Budgets.Select((_, budget) => $"{Quartiles.Of(searches.Select(found => found[budget])),-28}"))}");

static void Print(SearchProblem problem, int parallel, string sampler, IReadOnlyList<double[]> searches) =>
    Console.WriteLine(
        $"{problem.Name,-17}{parallel,-11}{sampler,-42}"
            + $"{string.Concat(Search.Budgets.Select((_, budget) => $"{Quartiles.Of(searches.Select(regrets => regrets[budget])),-28}"))}");
