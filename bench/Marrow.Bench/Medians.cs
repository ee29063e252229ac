namespace Marrow.Bench;

internal static class Medians
{
    public static double Of(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
