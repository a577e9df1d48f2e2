using FashionSweep.Coordinator.Web;
using FashionSweep.Files.Benchmarks;
using FashionSweep.Shared.Http;
using FashionSweep.TrainerNode.Remote;
using Microsoft.AspNetCore.Routing;

var folder = Directory.CreateTempSubdirectory("fsweep-files-");
try
{
    var store = Path.Combine(folder.FullName, "store");
    Action<IEndpointRouteBuilder> map = routes => CheckpointApi.Map(routes, store, TimeProvider.System);
    await using var listener = await WebListener.StartAsync(new WebOptions(new Uri("http://127.0.0.1:0")), map);
    using var remote = new RemoteCheckpoints(new CoordinatorAddress(listener.Address), TimeProvider.System, Console.Error);
    await Transfers.MeasureAsync(remote, folder.FullName);
    TrainingCost.Measure(remote, folder.FullName);
}
finally
{
    folder.Delete(recursive: true);
}
