namespace Marrow.Cli;

/// <summary>What the process returns; README lists the same numbers for scripts.</summary>
internal enum ExitCode
{
    /// <summary>Done; warnings are allowed.</summary>
    Done = 0,
    /// <summary>The input is wrong; every problem was reported.</summary>
    WrongInput = 1,
    /// <summary>The command line is wrong.</summary>
    Usage = 2,
    /// <summary>The input asks for something that is not supported; it was named.</summary>
    NotSupported = 3,
    /// <summary>More patients failed than the study allows.</summary>
    TooManyFailures = 4,
    /// <summary>The run could not finish.</summary>
    Unfinished = 5,
}
