using FashionSweep.Shared.Parameters;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>The importance of the parameters of sweeps, worked out anew when a twentieth more of the trials is known. One thread at a time.</summary>
internal sealed class Importances(TrialTables tables, ParameterCatalog catalog)
{
    private const int Most = 16;

    private readonly Dictionary<string, (int Finished, ImportancePage Page)> _known = [];

    /// <returns>Null where there is no such sweep.</returns>
    public ImportancePage? Of(string sweep)
    {
        if (tables.Figures(sweep) is not var (record, trials)) return null;
        var finished = trials.Count(trial => trial.IsFinished);
        if (_known.TryGetValue(sweep, out var known) && finished >= known.Finished && finished - known.Finished <= known.Finished / 20) return known.Page;
        if (_known.Count >= Most) _known.Clear();
        var page = ImportancePage.Of(record, trials, catalog);
        _known[sweep] = (finished, page);
        return page;
    }
}
