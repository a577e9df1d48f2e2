namespace FashionSweep.Coordinator.Web.Serving;

// As bytes they are read and written piece by piece, without these: they say to the OpenAPI document what is.

/// <summary>Images as JSON.</summary>
/// <param name="Images">Each 784 whole numbers from 0 to 255, row by row, white on black.</param>
internal sealed record PredictRequest(IReadOnlyList<IReadOnlyList<int>> Images);

/// <summary>What a model says of images.</summary>
/// <param name="Model">What is served, as <c>quickstart/10</c>.</param>
/// <param name="Predictions">One for each image, in their order.</param>
internal sealed record PredictAnswer(string Model, IReadOnlyList<PredictedImage> Predictions);

/// <param name="Predicted">The most probable class.</param>
/// <param name="Confidence">Its probability.</param>
/// <param name="Probabilities">Of each class; they sum to 1.</param>
internal sealed record PredictedImage(string Predicted, float Confidence, IReadOnlyDictionary<string, float> Probabilities);
