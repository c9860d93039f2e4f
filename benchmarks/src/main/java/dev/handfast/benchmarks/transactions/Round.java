package dev.handfast.benchmarks.transactions;

import java.nio.file.Path;
import java.util.List;

/**
 * What a measured JVM is told.
 *
 * @param directory its own, for the log and for H2's files
 * @param database URL of the PostgreSQL database
 * @param broker URL of the broker
 * @param transactions how many each lap commits
 */
record Round(Workload workload, Path directory, String database, String broker, int transactions) {

  /** Threads of the laps that count. */
  static final List<Integer> THREADS = List.of(8, 1);

  /** Laps before, at the most threads. */
  static final int WARM_UP = 3;

  static Round of(String[] arguments) {
    return new Round(
        Workload.valueOf(arguments[0]),
        Path.of(arguments[1]),
        arguments[2],
        arguments[3],
        Integer.parseInt(arguments[4]));
  }

  List<String> arguments() {
    return List.of(
        workload.name(), directory.toString(), database, broker, Integer.toString(transactions));
  }

  int allTransactions() {
    return (WARM_UP + THREADS.size()) * transactions;
  }
}
