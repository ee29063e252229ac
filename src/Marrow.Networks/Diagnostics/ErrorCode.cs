namespace Marrow.Networks.Diagnostics;

/// <summary>A kind of problem: its number, and what the list of errors says about it.</summary>
/// <param name="Code">MRW and four digits.</param>
/// <param name="Title">One line naming the problem.</param>
/// <param name="Cause">What leads to it.</param>
/// <param name="Cure">What to do about it.</param>
public sealed record ErrorCode(string Code, string Title, string Cause, string Cure)
{
    /// <summary>The number.</summary>
    public override string ToString() => Code;
}
