package dev.handfast.benchmarks.transactions;

/** What is compared of two laps. */
enum Measure {
  THROUGHPUT("committed per second"),
  PROCESSOR_TIME("processor time per transaction, µs"),
  ALLOCATION("allocated per transaction, bytes");

  private final String label;

  Measure(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  double of(Lap lap) {
    return switch (this) {
      case THROUGHPUT -> lap.perSecond();
      case PROCESSOR_TIME -> lap.micros();
      case ALLOCATION -> lap.bytes();
    };
  }
}
