package dev.handfast.benchmarks.roundtrips;

/** What is counted, each once for each run. */
enum Trip {
  OUTSIDE("an update outside of transactions") {
    @Override
    void run(Application shop) throws Exception {
      shop.update(1);
    }
  },
  UNUSED("a connection that is not used, and a message") {
    @Override
    void run(Application shop) throws Exception {
      shop.run(
          () -> {
            shop.open();
            shop.send();
          });
    }
  },
  ALONE("an update, the database alone") {
    @Override
    void run(Application shop) throws Exception {
      shop.run(() -> shop.update(1));
    }
  },
  WITH_MESSAGE("an update and a message") {
    @Override
    void run(Application shop) throws Exception {
      shop.run(
          () -> {
            shop.update(1);
            shop.send();
          });
    }
  },
  TEN_WITH_MESSAGE("ten updates and a message") {
    @Override
    void run(Application shop) throws Exception {
      shop.run(
          () -> {
            for (int i = 0; i < 10; i++) {
              shop.update(1);
            }
            shop.send();
          });
    }
  },
  ROLLED_BACK("an update and a message, rolled back") {
    @Override
    void run(Application shop) throws Exception {
      try {
        shop.run(
            () -> {
              shop.update(1);
              shop.send();
              throw new Meant();
            });
      } catch (Meant e) {
        // It was.
      }
    }
  };

  private static final class Meant extends Exception {}

  private final String label;

  Trip(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  abstract void run(Application shop) throws Exception;
}
