using System.Globalization;
using FashionSweep.Serve.Benchmarks;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is not [var address, var process, var images, var connections, var perSecond, var seconds])
{
    Console.Error.WriteLine("ADDRESS PROCESS IMAGES CONNECTIONS PER_SECOND SECONDS; 0 a second is as many as are answered");
    return 2;
}
var load = new Load(new Uri(address), Number(images), Number(connections), Number(perSecond));
// What is compiled as it runs, and compiled again for speed, is not measured.
load.Run(TimeSpan.FromSeconds(5));
var before = ServerCost.Of(Number(process));
var answers = load.Run(TimeSpan.FromSeconds(Number(seconds)));
Report.Write(Console.Out, answers, before, ServerCost.Of(Number(process)));
return 0;

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
