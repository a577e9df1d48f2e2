using System.Net;
using FashionSweep.Shared.Tests.Network;

namespace FashionSweep.Shared.Tests.Data;

/// <summary>A real HTTP server on loopback.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HeldPort _port = new();
    private readonly Task _serving;

    /// <param name="answer">What to do with a request; the response is closed after it.</param>
    public FileServer(Func<string, HttpListenerResponse, Task> answer)
    {
        Address = new Uri($"http://127.0.0.1:{_port.Number}/mirror/");
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _serving = ServeAsync(answer);
    }

    public Uri Address { get; }

    public List<string> Asked { get; } = [];

    public static Task Serve(HttpListenerResponse response, byte[] bytes)
    {
        response.ContentLength64 = bytes.Length;
        return response.OutputStream.WriteAsync(bytes).AsTask();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
        _port.Dispose();
    }

    private async Task ServeAsync(Func<string, HttpListenerResponse, Task> answer)
    {
        while (await NextAsync() is { } context)
        {
            var name = Path.GetFileName(context.Request.Url!.AbsolutePath);
            Asked.Add(name);
            await AnswerAsync(() => answer(name, context.Response));
            context.Response.Close();
        }
    }

    private static async Task AnswerAsync(Func<Task> answer)
    {
        try
        {
            await answer();
        }
        catch (HttpListenerException)
        {
            // The client went away, as some tests want it to.
        }
    }

    private async Task<HttpListenerContext?> NextAsync()
    {
        try
        {
            return await _listener.GetContextAsync();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            return null;
        }
    }
}
