using CsvHelper;
using Marrow.Networks.Diagnostics;

namespace Marrow.Trials.DosingTables;

/// <summary>Reads the rows of a dosing table, checks them and groups them by individual.</summary>
internal sealed class DosingTableReader(string file, DiagnosticBag bag)
{
    /// <summary>Columns of other programs that change no state: which compartment they predict, and when they evaluate the user's code, which
    /// here follows the model at all times.</summary>
    private static readonly string[] WithoutEffect = ["PCMT", "CALL"];
    /// <summary>Columns with a meaning of their own.</summary>
    private static readonly string[] Known = ["ID", "TIME", "AMT", "RATE", "TINF", "CMT", "EVID", "ADDL", "II", "SS", "MDV", "DV", .. DosingClock.Columns, .. WithoutEffect];
    /// <summary>Columns without which there is no table.</summary>
    private static readonly string[] Needed = ["ID", "TIME"];
    /// <summary>Columns of other programs whose neglect would change the result.</summary>
    private static readonly string[] Refused = ["CONT"];
    /// <summary>More doses than anybody gets.</summary>
    private const double MostAdditional = 100_000;

    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<int> _covariates = [];
    private DosingClock _clock = new(null);
    private int _date = -1;
    private bool _hasHours;

    public DosingTable? Read(string text)
    {
        try
        {
            return ReadRows(text);
        }
        catch (CsvFormatException e)
        {
            bag.Error(DosingCodes.BadTable, "the table is no CSV", new SourceSpan(file, 0, 0, 1), e.Message);
            return null;
        }
    }

    private DosingTable? ReadRows(string text)
    {
        using var lines = new DosingLines(file, text, bag);
        if (!lines.ReadHeader()) return null;
        Header(lines);
        var subjects = new List<(string Id, List<DosingRow> Rows)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (lines.ReadRow())
        {
            var id = lines.Text(Column("ID"));
            if (subjects.Count == 0 || subjects[^1].Id != id) _clock.Begin();
            var row = Row(lines);
            if (id.Length == 0) lines.Error(DosingCodes.BadCell, Column("ID"), "the row has no ID");
            if (subjects.Count == 0 || subjects[^1].Id != id)
            {
                if (!seen.Add(id)) lines.Error(DosingCodes.BadOrder, Column("ID"), $"the rows of ID {id} do not stand together");
                subjects.Add((id, []));
            }
            else if (row is not null && subjects[^1].Rows is [.., var last] && row.Time < last.Time)
            {
                lines.Error(DosingCodes.BadOrder, Column("TIME"), $"the time of ID {id} falls from {last.Time} to {row.Time}", "",
                    row.Event is DosingEvent.Reset or DosingEvent.ResetAndDose ? "another ID for what follows the reset" : "");
            }
            if (row is not null) subjects[^1].Rows.Add(row);
        }
        if (subjects.Count == 0 && !bag.HasErrors) bag.Error(DosingCodes.BadTable, "the table has no rows", new SourceSpan(file, 1, 1, 1));
        return new DosingTable
        {
            File = file,
            Subjects = [.. subjects.Select(s => new DosedSubject(s.Id, [.. _clock.IsUsed ? s.Rows.Select(r => r with { Time = r.Time - s.Rows[0].Time }) : s.Rows]))],
            Covariates = [.. _covariates.Select(c => new CovariateColumn(lines.Header[c], lines.HeaderPlace(c)))],
            IsInHours = _clock.IsUsed || _hasHours,
        };
    }

    private int Column(string name) => _columns.GetValueOrDefault(name, -1);

    private void Header(DosingLines lines)
    {
        for (var c = 0; c < lines.Header.Count; c++)
        {
            var name = lines.Header[c];
            if (name.Length == 0) bag.Error(DosingCodes.BadTable, $"column {c + 1} has no name", lines.HeaderPlace(c));
            else if (!_columns.TryAdd(name, c)) bag.Error(DosingCodes.BadTable, $"column '{name}' stands twice", lines.HeaderPlace(c));
            else if (Refused.Contains(name, StringComparer.OrdinalIgnoreCase)) bag.Error(DosingCodes.NotSupported, $"column '{name}' is not supported", lines.HeaderPlace(c));
            else if (!Known.Contains(name, StringComparer.OrdinalIgnoreCase)) _covariates.Add(c);
        }
        int[] dates = [.. DosingClock.Columns.Select(Column).Where(c => c >= 0)];
        if (dates.Length > 1) bag.Error(DosingCodes.Conflict, $"'{lines.Header[dates[0]]}' and '{lines.Header[dates[1]]}' both give the date", lines.HeaderPlace(dates[1]), "", "one column of dates");
        if (dates.Length > 0) (_date, _clock) = (dates[0], new DosingClock(lines.Header[dates[0]]));
        foreach (var needed in Needed.Where(n => Column(n) < 0))
            bag.Error(DosingCodes.MissingColumn, $"the column {needed} is missing", lines.HeaderPlace(0), "", Spelling.Hint(needed, lines.Header, needed));
        if (Column("AMT") < 0 && (Column("RATE") >= 0 || Column("TINF") >= 0 || Column("ADDL") >= 0 || Column("SS") >= 0))
            bag.Error(DosingCodes.MissingColumn, "the column AMT is missing", lines.HeaderPlace(0), "doses have an amount");
    }

    /// <summary>A row; null if it cannot be used.</summary>
    private DosingRow? Row(DosingLines lines)
    {
        var before = bag.Items.Count;
        double? number(string column) => lines.Number(Column(column));
        double? among(string column, double most)
        {
            var value = number(column);
            if (value is null || (value >= 0 && value <= most && value == Math.Floor(value.Value))) return value;
            lines.Error(DosingCodes.BadCell, Column(column), $"{column} is {value}", $"it is a whole number from 0 to {most}");
            return null;
        }

        var time = Time(lines);
        var amount = number("AMT") ?? 0;
        var rate = number("RATE") ?? 0;
        var length = number("TINF") ?? 0;
        var additional = among("ADDL", MostAdditional) ?? 0;
        var interval = Interval(lines);
        var steady = among("SS", 3) ?? 0;
        var missing = among("MDV", 1);
        var observed = number("DV");
        var evid = among("EVID", 4) ?? (amount > 0 || rate > 0 || steady > 0 ? 1 : 0);
        if (bag.Items.Count > before || time is null) return null;
        var row = new DosingRow
        {
            Where = lines.Place(Column(evid is 1 or 4 && Column("CMT") >= 0 ? "CMT" : "TIME")),
            Time = time.Value,
            Event = (DosingEvent)(int)evid,
            Amount = amount,
            Compartment = lines.Text(Column("CMT")) is "." or "0" ? "" : lines.Text(Column("CMT")),
            Form = length > 0 ? InfusionForm.Duration : rate > 0 ? InfusionForm.Rate : rate == -1 ? InfusionForm.ModelledRate : rate == -2 ? InfusionForm.ModelledDuration : InfusionForm.None,
            Extent = length > 0 ? length : rate,
            Additional = (int)additional,
            Interval = interval,
            SteadyState = (int)steady,
            Observed = missing == 1 || evid != 0 ? null : observed,
            Covariates = [.. _covariates.Select(c => DosingLines.Parse(lines.Text(c), out _))],
            Unreadable = [.. Unreadable(lines)],
        };
        Check(lines, row, rate, length);
        return row;
    }

    /// <summary>The time of a row; times of the clock and dates as hours. Null, with the problem reported, if there is none.</summary>
    private double? Time(DosingLines lines)
    {
        if (Column("TIME") < 0) return null;
        var text = lines.Text(Column("TIME"));
        if (text is "" or "." or "NA")
        {
            lines.Error(DosingCodes.BadCell, Column("TIME"), "the row has no time");
            return null;
        }
        var time = _clock.Hours(text);
        if (time is null) lines.Error(DosingCodes.BadCell, Column("TIME"), $"TIME is '{text}'", "it is neither a number nor a time of the clock (hh:mm)");
        if (_date < 0) return time;
        var day = _clock.Day(lines.Text(_date), out var problem);
        if (day is null) lines.Error(DosingCodes.BadCell, _date, $"{lines.Header[_date]} is '{lines.Text(_date)}'", problem);
        return time + day;
    }

    private double Interval(DosingLines lines)
    {
        var text = lines.Text(Column("II"));
        if (!text.Contains(':', StringComparison.Ordinal)) return lines.Number(Column("II")) ?? 0;
        _hasHours = true;
        // A clock of its own: an interval says nothing about times.
        if (new DosingClock(null).Hours(text) is { } hours) return hours;
        lines.Error(DosingCodes.BadCell, Column("II"), $"II is '{text}'", "it is neither a number nor hours and minutes (hh:mm)");
        return 0;
    }

    private IEnumerable<UnreadableCell> Unreadable(DosingLines lines)
    {
        for (var k = 0; k < _covariates.Count; k++)
        {
            DosingLines.Parse(lines.Text(_covariates[k]), out var good);
            if (!good) yield return new UnreadableCell(k, lines.Text(_covariates[k]), lines.Place(_covariates[k]));
        }
    }

    private void Check(DosingLines lines, DosingRow row, double rate, double length)
    {
        void conflict(string column, string what, string why, string remedy = "") => lines.Error(DosingCodes.Conflict, Column(column), what, why, remedy);
        if (row.Amount < 0) conflict("AMT", $"AMT is {row.Amount}", "an amount is not below 0");
        if (rate < 0 && rate is not (-1 or -2)) conflict("RATE", $"RATE is {rate}", "it is above 0, or -1 or -2 for a parameter of the model");
        if (length < 0) conflict("TINF", $"TINF is {length}", "a duration is not below 0");
        if (rate != 0 && length > 0) conflict("TINF", "RATE and TINF are both given", "either says how long the infusion lasts");
        if (row.Interval < 0) conflict("II", $"II is {row.Interval}", "an interval is not below 0");
        if (row.Compartment.StartsWith('-'))
            lines.Error(DosingCodes.NotSupported, Column("CMT"), $"CMT {row.Compartment} turns a compartment off", "this is not supported");
        if (!row.IsDose)
        {
            if (row.Amount > 0) conflict("AMT", $"a row with EVID {(int)row.Event} has the amount {row.Amount}", "only EVID 1 and 4 give doses", "EVID 1");
            return;
        }
        if (row.IsEndless)
        {
            if (row.Interval > 0) conflict("AMT", "a steady state of doses without an amount", "SS with II gives doses of AMT; with AMT 0 and without II it is an infusion without beginning", "AMT above 0, or no II");
            if (row.Additional > 0) conflict("ADDL", "ADDL after an endless infusion", "it has no dose that could be repeated");
            if (row.Form is InfusionForm.Duration or InfusionForm.ModelledDuration) conflict(length > 0 ? "TINF" : "RATE", "an endless infusion has a duration", "it has no beginning", "RATE above 0 or -1");
            return;
        }
        if (row.Amount == 0) conflict("AMT", "a dose has no amount", "EVID 1 and 4 give a dose", "EVID 2 or 3");
        if (row.Additional > 0 && row.Interval == 0) conflict("II", "ADDL without II", "further doses need their interval");
        if (row.SteadyState > 0 && row.Interval == 0) conflict("II", "SS without II", "a steady state needs the interval of the doses");
    }
}
