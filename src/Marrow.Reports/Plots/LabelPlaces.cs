namespace Marrow.Reports.Plots;

/// <summary>Places of labels beside a picture.</summary>
public static class LabelPlaces
{
    /// <summary>Moves labels as little as it takes to stand a height apart and inside a range.</summary>
    /// <param name="wanted">Where each would stand, increasing.</param>
    /// <param name="height">Least distance.</param>
    /// <param name="top">Least place.</param>
    /// <param name="bottom">Largest place; exceeded only where there is no room at all.</param>
    public static double[] Apart(double[] wanted, double height, double top, double bottom)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        double[] places = [.. wanted];
        for (var i = 0; i < places.Length; i++) places[i] = Math.Max(places[i], i == 0 ? top : places[i - 1] + height);
        if (places.Length > 0) places[^1] = Math.Min(places[^1], Math.Max(bottom, top + (height * (places.Length - 1))));
        for (var i = places.Length - 2; i >= 0; i--) places[i] = Math.Min(places[i], places[i + 1] - height);
        return places;
    }
}
