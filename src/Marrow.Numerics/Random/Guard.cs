namespace Marrow.Numerics.Random;

/// <summary>Checks of distribution parameters that name the value they refuse.</summary>
internal static class Guard
{
    public static void Positive(double value, string what) => Require(value > 0 && double.IsFinite(value), $"{what} is {value}; it must be positive and finite");

    public static void NonNegative(double value, string what) => Require(value >= 0 && double.IsFinite(value), $"{what} is {value}; it must not be negative, and finite");

    public static void Probability(double value) => Require(value is >= 0 and <= 1, $"probability is {value}; it must lie between 0 and 1");

    public static void Require(bool condition, [System.Runtime.CompilerServices.InterpolatedStringHandlerArgument(nameof(condition))] ref Message message)
    {
        if (!condition)
            throw new ArgumentException(message.ToString());
    }

    /// <summary>Formats only where the check fails, so that a draw does not allocate.</summary>
    [System.Runtime.CompilerServices.InterpolatedStringHandler]
    internal ref struct Message
    {
        private System.Runtime.CompilerServices.DefaultInterpolatedStringHandler _text;

        public Message(int literalLength, int formattedCount, bool condition, out bool enabled)
        {
            enabled = !condition;
            if (enabled)
                _text = new(literalLength, formattedCount, System.Globalization.CultureInfo.InvariantCulture);
        }

        public void AppendLiteral(string value) => _text.AppendLiteral(value);

        public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

        public override string ToString() => _text.ToStringAndClear();
    }
}
