using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Trials;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FashionSweep.Coordinator.Web;

/// <summary>What a store has of sweeps and their trials, for readers elsewhere: a path for each member of <see cref="ITrialRecords"/>.</summary>
/// <remarks>A sweep's name is a value to look for and never a part of a path.</remarks>
/// <param name="page">How many sweeps or trials are sent at once.</param>
internal sealed class RecordRoutes(StoreFolder folder, int page = RecordRoutes.DefaultPage)
{
    /// <summary>About a MB of JSON.</summary>
    public const int DefaultPage = 500;

    public void Map(IEndpointRouteBuilder v1)
    {
        var records = v1.MapGroup("/records").WithTags("records").AddEndpointFilterFactory(QueryRules.Check).ProducesProblem(StatusCodes.Status400BadRequest);
        records.MapGet("/sweeps", Sweeps).WithSummary("All sweeps, oldest first, in pages; `next` is the `after` of the page that follows");
        records.MapGet("/trials", Trials).WithSummary("The trials of a sweep that were ever started, by number, in pages");
        records.MapGet("/figures", Figures).WithSummary("What the trials of a sweep are sorted and filtered by, packed; `next` as of the other pages");
        records.MapGet("/tally", Tally).WithSummary("How a sweep stands, or null");
        records.MapGet("/trial", Trial).WithSummary("One trial, or null");
        records.MapGet("/attempts", Attempts).WithSummary("The attempts at a trial, in order");
        records.MapGet("/epochs", Epochs).WithSummary("The epochs of one attempt, in order");
        records.MapGet("/changes", Changes).WithSummary("What was changed on a sweep, in order");
        records.MapGet("/marks", Marks).WithSummary("What was noted on the trials of a sweep, by number");
    }

    private RecordsAnswer<RecordsPage<SweepRecord>> Sweeps(int after) => Answer(records =>
    {
        // None is ever removed, so that their places stay.
        var all = records.Sweeps();
        return new RecordsPage<SweepRecord>([.. all.Skip(after).Take(page)], all.Count - after > page ? after + page : null);
    });

    private RecordsAnswer<RecordsPage<TrialRecord>> Trials(string sweep, int after) => Answer(records =>
    {
        var trials = records.Trials(sweep, after, page);
        return new RecordsPage<TrialRecord>(trials, trials.Count == page ? trials[^1].Spec.Id.Number : null);
    });

    private RecordsAnswer<PackedFigures> Figures(string sweep, int after) => Answer(records => records.Figures(sweep, after));

    private RecordsAnswer<SweepTally?> Tally(string sweep) =>
        Answer(records => records.Sweeps().FirstOrDefault(known => known.Name == sweep) is { } found ? records.Tally(found) : null);

    private RecordsAnswer<TrialRecord?> Trial(string sweep, int number) => Answer(records => records.Find(new TrialId(sweep, number)));

    private RecordsAnswer<IReadOnlyList<AttemptRecord>> Attempts(string sweep, int number) => Answer(records => records.Attempts(new TrialId(sweep, number)));

    private RecordsAnswer<IReadOnlyList<EpochReport>> Epochs(string sweep, int number, int attempt) =>
        Answer(records => records.Epochs(new TrialId(sweep, number), attempt));

    private RecordsAnswer<IReadOnlyList<ChangeRecord>> Changes(string sweep) => Answer(records => records.Changes(sweep));

    private RecordsAnswer<IReadOnlyDictionary<int, TrialMark>> Marks(string sweep) => Answer(records => records.Marks(sweep));

    private RecordsAnswer<T> Answer<T>(Func<ITrialRecords, T> read) => new(folder, read);
}

/// <summary>Some of many records.</summary>
/// <param name="Next">The <c>after</c> with which those behind them are asked for; null behind the last.</param>
internal sealed record RecordsPage<T>(IReadOnlyList<T> Items, int? Next);
