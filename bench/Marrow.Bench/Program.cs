using System.Globalization;
using Marrow.Bench;

// lanes [model=car_t_12] [patients=2000] [rounds=9]
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is not ["lanes", ..])
{
    Console.Error.WriteLine("usage: dotnet run --project bench/Marrow.Bench -c Release -- lanes [model=car_t_12] [patients=2000] [rounds=9]");
    return 2;
}

string Setting(int k, string otherwise) => args.Length > k ? args[k] : otherwise;
new LaneBenchmark(Setting(1, "car_t_12"), int.Parse(Setting(2, "2000"), CultureInfo.InvariantCulture), int.Parse(Setting(3, "9"), CultureInfo.InvariantCulture)).Run();
return 0;
