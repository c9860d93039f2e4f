package dev.handfast.benchmarks.recovery;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.RolledBackException;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.jdbc.JdbcResource;
import java.time.Duration;

/** Makes in-doubt transactions with Handfast, and halts. */
final class HandfastMakes {

  private HandfastMakes() {}

  static JdbcResource stock(Place place) {
    return JdbcResource.named(Place.STOCK)
        .url(place.postgres())
        .username(Place.USER)
        .password(Place.PASSWORD)
        .build();
  }

  static ArtemisResource events(Place place) {
    return ArtemisResource.named(Place.EVENTS).url(place.broker()).build();
  }

  /** The arguments are those of a {@link Place}. */
  public static void main(String[] arguments) throws Exception {
    Place place = Place.of(arguments);
    var stock = new BareResource(stock(place));
    var events = new BareResource(events(place));
    Handfast handfast =
        Handfast.builder()
            .nodeName(Place.NODE)
            .logStore(LogStore.file(place.log()))
            .resources(stock, events)
            .recoveryPeriod(Duration.ofHours(1))
            .start();
    Making.run(
        place,
        (sessions, id) -> {
          Fate fate = Fate.of(id);
          try {
            handfast.run(
                () -> {
                  handfast.resource(stock).enlist(sessions.database(fate));
                  handfast.resource(events).enlist(sessions.broker(fate));
                  sessions.insert(id);
                  sessions.send(id);
                });
          } catch (RolledBackException e) {
            if (fate != Fate.ORPHAN) {
              throw e;
            }
          }
        });
    Runtime.getRuntime().halt(0);
  }
}
