using System.Globalization;
using Marrow.Bench;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["lanes", ..]:
        new LaneBenchmark(args.ElementAtOrDefault(1) ?? "car_t_12", Number(2, 2000), Number(3, 9)).Run();
        return 0;
    case ["jumps", ..]:
        new JumpBenchmark(Number(1, 9)).Run();
        return 0;
    case ["startup", ..]:
        new StartUpBenchmark(Number(1, 15)).Run();
        return 0;
    default:
        Console.Error.WriteLine("""
            usage: dotnet run --project bench/Marrow.Bench -c Release -- BENCHMARK
              lanes [model=car_t_12] [patients=2000] [rounds=9]   patients a second, against CVODE
              jumps [rounds=9]                                    exact stochastic simulation by the choice of the next reaction
              startup [rounds=15]                                 a small model from command to table, against R with deSolve
            """);
        return 2;
}

int Number(int k, int otherwise) => args.Length > k ? int.Parse(args[k], CultureInfo.InvariantCulture) : otherwise;
