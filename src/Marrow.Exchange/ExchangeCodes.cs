using Marrow.Networks.Diagnostics;

namespace Marrow.Exchange;

/// <summary>Every problem that the files of other programs can have, whatever they are. Ranges: 90xx all of them, 91xx SED-ML and archives,
/// 92xx PEtab, each registered in its folder; 93xx are the dosing tables of <c>Marrow.Trials</c>.</summary>
internal static class ExchangeCodes
{
    public static readonly ErrorCode FileUnreadable = new("MRW9001", "File of another program cannot be read",
        "The file does not exist, may not be read, or is not of its kind.", "Correct the path, or export the file anew.");
}
