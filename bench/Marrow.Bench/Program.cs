using System.Globalization;
using Marrow.Bench;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string Setting(int k, string otherwise) => args.Length > k ? args[k] : otherwise;
int Number(int k, string otherwise) => int.Parse(Setting(k, otherwise), CultureInfo.InvariantCulture);
switch (args.FirstOrDefault())
{
    case "lanes":
        new LaneBenchmark(Setting(1, "car_t_12"), Number(2, "2000"), Number(3, "9")).Run();
        return 0;
    case "jumps":
        new JumpBenchmark(Number(1, "9")).Run();
        return 0;
    default:
        Console.Error.WriteLine("usage: dotnet run --project bench/Marrow.Bench -c Release -- lanes [model=car_t_12] [patients=2000] [rounds=9]\n"
            + "                                                         or jumps [rounds=9]");
        return 2;
}
