using System.Text.Json.Nodes;
using FashionSweep.Shared.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>What the dashboard's page asks of sweeps. A sweep's name is a value to look for, and never a part of a path.</summary>
internal sealed class DashboardRoutes(Func<DashboardSource> current)
{
    public void Map(IEndpointRouteBuilder dashboard)
    {
        dashboard.MapGet("/sweeps", (Delegate)SweepsAsync).Produces<SweepCardList>().WithSummary("All sweeps, the newest first");
        dashboard.MapGet("/events", (Delegate)EventsAsync).Produces<string>(contentType: EventsAnswer.ContentType)
            .WithSummary("What happens, as server-sent events: status, and of `sweep` trials and epoch; reset where what one has is to be asked for again");
        var ofSweep = dashboard.MapGroup("").ProducesProblem(StatusCodes.Status404NotFound);
        ofSweep.MapGet("/sweep", SweepAsync).Produces<SweepPage>().WithSummary("All of a sweep but its trials");
        ofSweep.MapGet("/trials", TrialsAsync).Produces<JsonObject>()
            .WithSummary("The trials of a sweep in columns; with `since`, a revision, the rows that have changed from there");
        ofSweep.MapGet("/curves", CurvesAsync).Produces<CurvesPage>()
            .WithSummary("How some trials learned: `trials` are their numbers with commas between, at most 500");
        ofSweep.MapGet("/importance", ImportanceAsync).Produces<ImportancePage>().WithSummary("Which parameters decide how good a trial is, by each method");
        ofSweep.MapGet("/timeline", TimelineAsync).Produces<Timeline>().WithSummary("What ran where and when");
    }

    private DashboardSource Source => current();

    private Task<IResult> SweepsAsync(HttpContext context) => Answer.ReadAsync(context, () =>
    {
        var (isReadOnly, isStanding) = (Source.IsReadOnlyFor(context), Source.Control.Status.IsStanding);
        using var records = Source.Place.Open();
        return new SweepCardList(
            Release.Version, isReadOnly, Source.Clock.GetUtcNow(), isStanding && !isReadOnly ? ["submit", "drain"] : [],
            Source.Cards.All(records, isReadOnly));
    }, Answer.NoneAt);

    private Task<IResult> SweepAsync(string sweep, HttpContext context) => Answer.ReadAsync(context, () =>
    {
        if (Source.Tables.Figures(sweep) is not { Trials: var trials }) return null;
        using var records = Source.Place.Open();
        return Source.Cards.Find(records, sweep, Source.IsReadOnlyFor(context), trials) is not { } card ? null : Source.Tables.Read(
            sweep, table => SweepPage.Of(records, records.Sweeps().First(one => one.Name == sweep), card, table, Source.Catalog));
    }, Answer.NoneAt);

    private Task<IResult> TrialsAsync(string sweep, HttpContext context)
    {
        var (isGzipped, since) = (JsonAnswer.IsGzipTaken(context), context.Request.Query["since"].FirstOrDefault());
        return Answer.SendAsync(context, () => Source.Tables.Document(sweep, since, isGzipped), isGzipped, Answer.NoneAt);
    }

    private Task<IResult> CurvesAsync(string sweep, string trials, HttpContext context)
    {
        var numbers = trials.Split(',').Select(WholeNumber.In).ToList();
        return numbers.Count > CurvesPage.Most || numbers.Contains(null)
            ? Task.FromResult<IResult>(Problem.Of(
                StatusCodes.Status400BadRequest, $"trials must be numbers with commas between, as 1,2,17, and at most {CurvesPage.Most} of them"))
            : Answer.ReadAsync(context, () =>
            {
                using var records = Source.Place.Open();
                return CurvesPage.Of(records, sweep, numbers.OfType<int>());
            }, Answer.NoneAt);
    }

    private Task<IResult> ImportanceAsync(string sweep, HttpContext context) => WorkTurn.DoAsync(context, () => Source.Importances.Of(sweep), Answer.NoneAt);

    private Task<IResult> TimelineAsync(string sweep, HttpContext context) => Answer.ReadAsync(context, () =>
    {
        using var records = Source.Place.Open();
        return Source.Tables.Read(sweep, table => Timeline.Of(records, table));
    }, Answer.NoneAt);

    private async Task<IResult> EventsAsync(HttpContext context)
    {
        var (sweep, lastId) = (context.Request.Query["sweep"].FirstOrDefault(), context.Request.Headers["Last-Event-ID"].FirstOrDefault());
        // Of one, to its end.
        var source = Source;
        if (source.Feed.Join(sweep, lastId) is not { } reader)
            return Problem.Of(StatusCodes.Status429TooManyRequests, $"{EventReader.Most} read what happens, which is as many as there may be");
        try
        {
            var isReadOnly = source.IsReadOnlyFor(context);
            if (sweep is not null) source.Tables.Begin(sweep);
            // The id first: what happens meanwhile is told again rather than never.
            var (id, whole) = (source.Feed.Id, reader.IsNew ? source.News.All(isReadOnly) : null);
            await EventsAnswer.WriteAsync(context, reader, id, whole, isReadOnly ? DashboardStatus.ForLookingOn : happened => happened.Data);
            return TypedResults.Empty;
        }
        finally
        {
            source.Feed.Leave(reader);
        }
    }
}
