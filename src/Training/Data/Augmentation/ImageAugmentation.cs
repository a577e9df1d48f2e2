using FashionSweep.Training.Models;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Data.Augmentation;

/// <summary>
/// Changes one training image at a time, as bytes, so that what comes in from outside the image is black whatever the scaling. Which changes follow
/// from the image's place in its step alone.
/// </summary>
internal sealed class ImageAugmentation
{
    private readonly AugmentationConfig _config;
    private readonly int _side;
    private readonly byte[] _image;
    private readonly byte[] _turned;
    private readonly Rotation _rotation;

    /// <exception cref="ConfigurationException">The images have no sides.</exception>
    public ImageAugmentation(AugmentationConfig config, TensorShape image)
    {
        if (image.IsVector) throw new ConfigurationException($"flip, shift, rotation and erasing need images, and these are vectors of {image}");
        (_config, _side, _image, _turned, _rotation) = (config, image.Width, new byte[image.Places], new byte[image.Places], new Rotation(image.Width));
    }

    /// <returns>Valid until the next call.</returns>
    public ReadOnlySpan<byte> Change(ReadOnlySpan<byte> image, RandomStream numbers)
    {
        var flip = _config.Flip > 0 && numbers.Uniform() < _config.Flip;
        var (down, right) = _config.Shift > 0 ? (Whole(_config.Shift, ref numbers), Whole(_config.Shift, ref numbers)) : (0, 0);
        Move(image, flip, down, right);
        var changed = _image;
        if (_config.Rotation > 0)
        {
            _rotation.Turn(_image, _turned, ((2 * numbers.Uniform()) - 1) * _config.Rotation);
            changed = _turned;
        }
        if (_config.Erasing > 0 && numbers.Uniform() < _config.Erasing) RandomErasing.Erase(changed, _side, ref numbers);
        return changed;
    }

    private static int Whole(int most, ref RandomStream numbers) => (int)numbers.Below((uint)((2 * most) + 1)) - most;

    private void Move(ReadOnlySpan<byte> image, bool flip, int down, int right)
    {
        for (var y = 0; y < _side; y++)
        {
            var to = _image.AsSpan(y * _side, _side);
            to.Clear();
            if (y - down < 0 || y - down >= _side) continue;
            var from = image.Slice((y - down) * _side, _side);
            var (first, count) = (Math.Max(0, -right), _side - Math.Abs(right));
            if (count <= 0) continue;
            from.Slice(first, count).CopyTo(to[Math.Max(0, right)..]);
            if (flip) to.Reverse();
        }
    }
}
