package dev.handfast.benchmarks.recovery;

import dev.handfast.xa.testkit.broker.BrokerQueues;
import dev.handfast.xa.testkit.database.PostgresDatabase;

/** What is still in doubt, as plain clients see it. */
final class Left {

  private Left() {}

  static int prepared(Place place) {
    PostgresDatabase database = new PostgresDatabase(place.postgres(), Place.USER, Place.PASSWORD);
    return database.preparedBranches().size()
        + new BrokerQueues(place.broker()).preparedBranches().size();
  }

  /** Nothing must be prepared, nothing logged, and half of the rows and messages be there. */
  static void require(Place place, long logged) {
    PostgresDatabase database = new PostgresDatabase(place.postgres(), Place.USER, Place.PASSWORD);
    int rows = database.column("SELECT id FROM item").size();
    long messages = new BrokerQueues(place.broker()).count(Place.QUEUE);
    int prepared = prepared(place);
    int wanted = place.transactions() / 2;
    if (prepared > 0 || logged > 0 || rows != wanted || messages != wanted) {
      throw new IllegalStateException(
          "prepared "
              + prepared
              + ", logged "
              + logged
              + ", rows "
              + rows
              + ", messages "
              + messages
              + "; wanted "
              + wanted);
    }
  }
}
