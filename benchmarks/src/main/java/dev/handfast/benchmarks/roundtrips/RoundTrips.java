package dev.handfast.benchmarks.roundtrips;

import dev.handfast.benchmarks.processes.Build;
import dev.handfast.benchmarks.processes.MeasurementDirectory;
import dev.handfast.benchmarks.processes.Servers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Two builds of Handfast, each in a JVM of its own, over the same servers. */
public final class RoundTrips {

  private RoundTrips() {}

  /** Arguments: Handfast's jars of before and those of now, each as a class path. */
  public static void main(String[] arguments) throws Exception {
    Build before = Build.of("before", arguments[0]);
    Build now = Build.of("now", arguments[1]);
    try (MeasurementDirectory work = MeasurementDirectory.make("round-trips-");
        Servers servers = new Servers(work.path())) {
      print(counts(before, work.path(), servers), counts(now, work.path(), servers));
    }
  }

  private static List<Count> counts(Build build, Path directory, Servers servers) throws Exception {
    Path own = Files.createDirectory(directory.resolve(build.name()));
    return build
        .jvm()
        .run(
            CountedJvm.class,
            List.of(own.toString(), servers.database(), servers.broker()),
            own.resolve("child.log"))
        .stream()
        .map(Count::of)
        .toList();
  }

  private static void print(List<Count> before, List<Count> now) {
    System.out.println("| round trips to PostgreSQL (messages to it) | before | now |");
    System.out.println("|---|---|---|");
    for (int i = 0; i < now.size(); i++) {
      System.out.println(
          "| " + now.get(i).trip().label() + " | " + before.get(i) + " | " + now.get(i) + " |");
    }
  }
}
