package dev.handfast.benchmarks.starts;

/** What one opening of a log took. */
record Figure(Kind kind, double millis) {

  /** How the log was opened. */
  enum Kind {
    FIRST("the first start of a process"),
    AGAIN("a later start in the same process"),
    LOOK("`openStore`, which reads alone");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  static Figure of(String line) {
    String[] words = line.split(" ", -1);
    return new Figure(Kind.valueOf(words[0]), Double.parseDouble(words[1]));
  }

  String line() {
    return kind + " " + millis;
  }
}
