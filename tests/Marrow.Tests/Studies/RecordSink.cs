using Marrow.Trials.Studies;

namespace Marrow.Tests.Studies;

/// <summary>Keeps records in memory.</summary>
internal sealed class RecordSink : IPatientSink
{
    public List<PatientRecord> Records { get; } = [];

    public void Add(PatientRecord record)
    {
        lock (Records) Records.Add(record);
    }
}
