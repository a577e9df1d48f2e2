using System.Text;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Live.Planning;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>What is wrong with a sweep file, or what it would do.</summary>
/// <param name="Faults">All of them, in the order of their places.</param>
/// <param name="Plan">As <c>fsweep plan --format json</c> has it, without the time; null where there are faults.</param>
internal sealed record PlanAnswer(IReadOnlyList<PlanFault> Faults, object? Plan)
{
    /// <param name="place">Whose trials and checkpoints <c>start_from</c> means.</param>
    public static async Task<PlanAnswer> OfAsync(Submission asked, IStorePlace place, ParameterCatalog catalog, CancellationToken stop)
    {
        try
        {
            var file = SweepFile.Parse(asked.File, Encoding.UTF8.GetBytes(asked.Source), catalog);
            // A path that came over the network is not followed.
            if (StartingPoints.FilesIn(file.Spec).FirstOrDefault() is { } path)
                throw file.FaultsOf(StartingPoints.Parameter, [(path, $"{StartingPoints.Parameter} is {path}: a file can't be submitted; name a trial")]);
            StartingPoints.Check(file, asked.File, place, stop);
            file = PriorSweeps.LookUp(file, place, stop);
            return new PlanAnswer([], PlanJson.Of(await SweepPlan.OfAsync(file.Spec, _ => Task.FromResult<IReadOnlyList<double>?>(null))));
        }
        catch (SweepFileException wrong)
        {
            return new PlanAnswer([.. wrong.Faults.Select(fault => new PlanFault(fault.Line, fault.Column, fault.Message))], null);
        }
        catch (UserException wrong)
        {
            return new PlanAnswer([new PlanFault(0, 0, wrong.Message)], null);
        }
    }
}

/// <param name="Line">From 1; 0 where the file as a whole is meant.</param>
internal sealed record PlanFault(int Line, int Column, string Text);
