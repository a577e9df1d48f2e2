using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Trials;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>What the dashboard's page asks of single trials, of the data set and of a file that is yet to be a sweep.</summary>
internal sealed class TrialRoutes(Func<DashboardSource> current)
{
    private const int LastLabel = 9;
    private const int MostMistakes = 1000;
    private const int UsualMistakes = 48;

    // Of a sweep file that is all of escapes.
    private const int LargestPlan = 2 << 20;

    public void Map(IEndpointRouteBuilder dashboard)
    {
        dashboard.MapGet("/data", (Delegate)DataAsync).Produces<DataPage>().WithSummary("The data set in numbers and pictures");
        dashboard.MapPost("/plan", PlanAsync).Produces<PlanAnswer>().WithMetadata(new BodyLimit(LargestPlan))
            .WithSummary("What is wrong with a sweep file, or what it would do");
        var ofTrial = dashboard.MapGroup("").ProducesProblem(StatusCodes.Status404NotFound);
        ofTrial.MapGet("/trial", TrialAsync).Produces<TrialPage>().WithSummary("One trial with all that is recorded of it");
        ofTrial.MapGet("/mistakes", MistakesAsync).Produces<MistakesPage>()
            .WithSummary("Test images that a trial's model takes for another class; `true` and `predicted` are labels, `most` is 48 unless given");
        ofTrial.MapGet("/filters", FiltersAsync).Produces<FiltersPage>().WithSummary("What the first layer of a trial's model looks for, as pictures");
        ofTrial.MapPut("/mark", MarkAsync).Produces<TrialMark>().ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Notes something on a trial, in the place of what was noted before");
    }

    private DashboardSource Source => current();

    private Task<IResult> TrialAsync(string sweep, int number, HttpContext context) => Answer.ReadAsync(context, () =>
    {
        using var records = Source.Place.Open();
        return records.Sweeps().FirstOrDefault(one => one.Name == sweep) is not { } found
            ? null
            : TrialPage.Of(records, found, number, Source.Tables.Read(sweep, table => table.RankOf(number)), Source.Catalog);
    }, Answer.NoneAt);

    private Task<IResult> MistakesAsync(string sweep, int number, HttpContext context)
    {
        var query = context.Request.Query;
        foreach (var (name, most) in new[] { ("true", LastLabel), ("predicted", LastLabel), ("most", MostMistakes) })
        {
            if (query[name].FirstOrDefault() is { } given && !(WholeNumber.In(given) <= most))
                return Task.FromResult<IResult>(Problem.Of(StatusCodes.Status400BadRequest, $"{name} is '{given}', must be a whole number from 0 to {most}"));
        }
        int? In(string name) => WholeNumber.In(query[name].FirstOrDefault());
        return WorkTurn.DoAsync(
            context, () => Find(sweep, number) is { } trial
                ? Source.Models.Mistakes(trial, In("true"), In("predicted"), In("most") ?? UsualMistakes)
                : null,
            Answer.NoneAt);
    }

    private Task<IResult> FiltersAsync(string sweep, int number, HttpContext context) =>
        WorkTurn.DoAsync(context, () => Find(sweep, number) is { } trial ? Source.Models.Filters(trial) : null, Answer.NoneAt);

    private Task<IResult> DataAsync(HttpContext context) => WorkTurn.DoAsync(context, () => Source.Data.Value, Answer.NoneAt);

    private async Task<IResult> PlanAsync(JsonBody<Submission> body, CancellationToken gone) =>
        TypedResults.Json(await WorkTurn.DoAsync(() => PlanAnswer.OfAsync(body.Value, Source.Place, Source.Catalog, gone), gone), ControlJson.Lenient);

    private Task<IResult> MarkAsync(string sweep, int number, JsonBody<TrialMark> body, HttpContext context)
    {
        var mark = body.Value.Tags.Contains(null!) ? null : body.Value.Tidied();
        if (Source.Store is not { } store || Source.IsReadOnlyFor(context))
            return Task.FromResult<IResult>(Problem.Of(StatusCodes.Status409Conflict, $"{LookingOn.Words}: notes are taken where a coordinator runs"));
        if ((mark is null ? "a tag is null, must be text" : mark.FindFault()) is { } fault)
            return Task.FromResult<IResult>(Problem.Of(StatusCodes.Status400BadRequest, fault));
        return Answer.ReadAsync(context, () => Mark(store, new TrialId(sweep, number), mark!), Answer.NoneAt);
    }

    private TrialMark? Mark(ITrialStore store, TrialId trial, TrialMark mark)
    {
        if (store.Find(trial) is null) return null;
        store.Mark(trial, mark);
        Source.Tables.Mark(trial, mark);
        return mark;
    }

    private TrialRecord? Find(string sweep, int number)
    {
        using var records = Source.Place.Open();
        return records.Find(new TrialId(sweep, number));
    }
}
