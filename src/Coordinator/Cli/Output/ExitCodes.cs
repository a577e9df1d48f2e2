namespace FashionSweep.Coordinator.Cli.Output;

internal static class ExitCodes
{
    public const int Done = 0;
    public const int WorkFailed = 1;
    public const int WrongInput = 2;

    /// <summary>Ended by Ctrl-C, as shells count it: 128 + SIGINT.</summary>
    public const int Interrupted = 130;
}
