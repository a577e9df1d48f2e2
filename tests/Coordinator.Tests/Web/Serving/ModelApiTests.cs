using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FashionSweep.Coordinator.Web;
using FashionSweep.Coordinator.Web.Serving;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Images;

namespace FashionSweep.Coordinator.Tests.Web.Serving;

public sealed class ModelApiTests(ServedToy toy) : IClassFixture<ServedToy>
{
    private const string Predict = "v1/predict";

    [Fact]
    public async Task AnImageHasTheSameAnswerInEachForm()
    {
        var image = ServedToy.Image(7);
        var bytes = await AskAsync(Content(image, "application/octet-stream"));
        var json = await AskAsync(Json($$"""{"images": [[{{string.Join(',', image)}}]]}"""));
        using var png = new MemoryStream();
        PngFile.Write(png, new GreyImage(28, 28, image));

        JsonSerializer.Serialize(json).ShouldBe(JsonSerializer.Serialize(bytes));
        JsonSerializer.Serialize(await AskAsync(Content(png.ToArray(), "image/png; charset=binary"))).ShouldBe(JsonSerializer.Serialize(bytes));
        bytes.Model.ShouldBe("toy/1");
        var only = bytes.Predictions.ShouldHaveSingleItem();
        only.Probabilities.Keys.ShouldBe(FashionMnist.Classes);
        only.Probabilities.Values.Sum().ShouldBe(1, 1e-5f);
        only.Probabilities[only.Predicted].ShouldBe(only.Confidence);
        only.Confidence.ShouldBe(only.Probabilities.Values.Max());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(100)]
    [InlineData(256)]
    public async Task ManyAreAnsweredInTheirOrder(int images)
    {
        var body = Enumerable.Range(0, images).SelectMany(image => ServedToy.Image(image % 10)).ToArray();

        var many = await AskAsync(Content(body, "application/octet-stream"));

        many.Predictions.Count.ShouldBe(images);
        for (var label = 0; label < 10 && label < images; label++)
        {
            var alone = (await AskAsync(Content(ServedToy.Image(label), "application/octet-stream"))).Predictions.Single();
            many.Predictions[label].Confidence.ShouldBe(alone.Confidence, 1e-5f);
        }
    }

    [Theory]
    [InlineData("text/plain", "hello", HttpStatusCode.UnsupportedMediaType,
        "Content-Type is 'text/plain', must be image/png, application/octet-stream or application/json")]
    [InlineData("", "hello", HttpStatusCode.UnsupportedMediaType, "Content-Type is '', must be ")]
    [InlineData("application/octet-stream", "hello", HttpStatusCode.BadRequest, "the body has 5 bytes, must have 784 for each image")]
    [InlineData("application/octet-stream", "", HttpStatusCode.BadRequest, "there is no image in the body")]
    [InlineData("application/json", """{"images": []}""", HttpStatusCode.BadRequest, "there is no image in the body")]
    [InlineData("application/json", """{"images": [[-1]]}""", HttpStatusCode.BadRequest, "images[0][0] is -1, must be a whole number from 0 to 255")]
    [InlineData("image/png", "hello", HttpStatusCode.BadRequest, "the image starts with 68656C6C, must be a PNG")]
    public async Task WhatIsWrongIsRefusedInWords(string contentType, string body, HttpStatusCode status, string detail)
    {
        using var response = await toy.Client.PostAsync(Predict, Content(Encoding.UTF8.GetBytes(body), contentType));

        response.StatusCode.ShouldBe(status);
        (await Problems.DetailAsync(response)).ShouldStartWith(detail);
        toy.Log.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(27, 28)]
    [InlineData(1000, 1000)]
    public async Task APictureOfAnotherSizeIsRefusedWithItsSize(int width, int height)
    {
        using var png = new MemoryStream();
        PngFile.Write(png, new GreyImage(width, height, new byte[width * height]));

        using var response = await toy.Client.PostAsync(Predict, Content(png.ToArray(), "image/png"));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Problems.DetailAsync(response)).ShouldStartWith($"the image is {width} × {height}, must be 28 × 28");
    }

    [Theory]
    [InlineData("application/octet-stream", 257 * 784, false)]
    [InlineData("application/octet-stream", 257 * 784, true)]
    [InlineData("application/octet-stream", (2 << 20) + 1, false)]
    [InlineData("application/json", (2 << 20) + 1, false)]
    [InlineData("image/png", (2 << 20) + 1, false)]
    public async Task ABodyIsBounded(string contentType, int bytes, bool isChunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Predict) { Content = Content(new byte[bytes], contentType) };
        request.Headers.TransferEncodingChunked = isChunked;
        // Who sends on meanwhile may find the connection closed before the answer is read.
        request.Headers.ExpectContinue = true;

        using var response = await toy.Client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await Problems.DetailAsync(response)).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task ItSaysWhatItServesAndThatItIsWell()
    {
        var model = JsonNode.Parse(await toy.Client.GetStringAsync("v1/model"))!;

        model["name"]!.GetValue<string>().ShouldBe("toy/1");
        model["test_accuracy"]!.GetValue<double>().ShouldBe(0.8);
        model["classes"]!.AsArray().Count.ShouldBe(10);
        (await toy.Client.GetStringAsync("health")).ShouldBe("""{"healthy":true}""");
    }

    [Fact]
    public async Task ItHasExamplesToTryItOn()
    {
        var example = JsonNode.Parse(await toy.Client.GetStringAsync("v1/examples"))!.AsArray().ShouldHaveSingleItem()!;

        example["class"]!.GetValue<string>().ShouldBe("Bag");
        Convert.FromBase64String(example["pixels"]!.GetValue<string>()).ShouldBe(ServedToy.Image(8));
    }

    [Fact]
    public async Task ItsMetricsCountImagesAndRefusals()
    {
        await AskAsync(Content(ServedToy.Image(1), "application/octet-stream"));
        using var refused = await toy.Client.PostAsync(Predict, Content([1], "application/octet-stream"));

        var page = await toy.Client.GetStringAsync("metrics");

        string[] names = ["fsweep_serve_images_total", "fsweep_serve_refused_total", "fsweep_serve_duration_seconds_count", "process_cpu_seconds_total"];
        foreach (var name in names)
            page.ShouldContain($"\n{name}{{");
        page.ShouldNotContain("fsweep_serve_images_total{} 0");
    }

    [Fact]
    public async Task TheDocumentSaysWhatItTakesAndGives()
    {
        var operation = JsonNode.Parse(await toy.Client.GetStringAsync("openapi/v1.json"))!["paths"]!["/v1/predict"]!["post"]!;

        operation["requestBody"]!["content"]!.AsObject().Select(form => form.Key).Order()
            .ShouldBe(["application/json", "application/octet-stream", "image/png"]);
        operation["responses"]!.AsObject().Select(answer => answer.Key).ShouldBe(["200", "400", "413", "415"]);
        operation["responses"]!["200"]!["content"]!["application/json"]!["schema"]!["$ref"]!.GetValue<string>().ShouldEndWith("PredictAnswer");
    }

    [Theory]
    [InlineData("", "text/html")]
    [InlineData("page.css", "text/css")]
    [InlineData("page.js", "text/javascript")]
    public async Task ThePageIsForEverybodyAndAsksNobodyElse(string path, string contentType)
    {
        using var response = await toy.Stranger.GetAsync(path);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(contentType);
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
        var text = await response.Content.ReadAsStringAsync();
        text.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal).ShouldNotContain("://");
    }

    [Fact]
    public async Task TheModelIsForWhoBearsTheToken()
    {
        using var refused = await toy.Stranger.PostAsync(Predict, Content(ServedToy.Image(1), "application/octet-stream"));
        using var request = new HttpRequestMessage(HttpMethod.Post, Predict) { Content = Content(ServedToy.Image(1), "application/octet-stream") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ServedToy.Token);

        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Problems.DetailAsync(refused)).ShouldStartWith("this server asks for its token");
        (await toy.Stranger.GetAsync("v1/model")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await toy.Stranger.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await toy.Stranger.GetAsync("health")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<PredictAnswer> AskAsync(HttpContent content)
    {
        using var response = await toy.Client.PostAsync(Predict, content);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        // Strictly: what is written is what the document says, and no more.
        return (await response.Content.ReadFromJsonAsync<PredictAnswer>(ControlJson.Strict))!;
    }

    private static ByteArrayContent Json(string text) => Content(Encoding.UTF8.GetBytes(text), "application/json");

    private static ByteArrayContent Content(byte[] bytes, string contentType)
    {
        var content = new ByteArrayContent(bytes);
        if (contentType.Length > 0) content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return content;
    }
}
