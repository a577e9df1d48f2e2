using FashionSweep.Coordinator.Web;
using FashionSweep.Files.Benchmarks;
using FashionSweep.Shared.Http;
using FashionSweep.TrainerNode.Remote;
using Microsoft.AspNetCore.Builder;

var folder = Directory.CreateTempSubdirectory("fsweep-files-");
try
{
    var store = Path.Combine(folder.FullName, "store");
    var checkpoints = new CheckpointRoutes(store, TimeProvider.System);
    await using var listener = await WebListener.StartAsync(
        new WebOptions(new Uri("http://127.0.0.1:0")), routes => checkpoints.Map(routes.MapGroup("/v1")), Console.Error.WriteLine);
    using var remote = new RemoteCheckpoints(new CoordinatorAddress(listener.Address), TimeProvider.System, Console.Error);
    await Transfers.MeasureAsync(remote, folder.FullName);
    TrainingCost.Measure(remote, folder.FullName);
}
finally
{
    folder.Delete(recursive: true);
}
