using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Marrow.Bench;

/// <summary>Time that this thread has computed, which other programs on a shared machine do not lengthen; on other systems than Linux, time that has passed.</summary>
internal static partial class CpuClock
{
    /// <summary>CLOCK_THREAD_CPUTIME_ID of Linux.</summary>
    private const int ThreadTime = 3;

    public static double Nanoseconds()
    {
        if (!OperatingSystem.IsLinux() || GetTime(ThreadTime, out var time) != 0) return Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency);
        return (1e9 * time.Seconds) + time.Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public long Seconds, Nanoseconds;
    }
}
