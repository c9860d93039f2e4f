package dev.handfast.benchmarks.transactions;

/** Transactions that are measured, each over two resource managers. */
enum Workload {
  /** H2 runs inside the measured JVM, so its processor time counts. */
  TWO_DATABASES("two H2 databases"),
  DATABASE_AND_BROKER("PostgreSQL and Artemis");

  private final String label;

  Workload(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  MeasuredApplication application(Round round) {
    return switch (this) {
      case TWO_DATABASES -> new TwoDatabases(round);
      case DATABASE_AND_BROKER -> new DatabaseAndBroker(round);
    };
  }
}
