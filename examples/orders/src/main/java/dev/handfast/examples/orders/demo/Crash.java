package dev.handfast.examples.orders.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One kill that is to come.
 *
 * @param at how many invoices are to be booked before; or shipped, if it is shipping that is killed
 * @param victim who is killed
 * @param worker at whose work the moment is waited for: the victim's own, or anyone's if it is the
 *     broker
 * @param moment what is then waited for
 * @param delayMillis how long the work goes on from there
 */
record Crash(int at, Role victim, Role worker, Moment moment, int delayMillis) {

  private static final int LONGEST_DELAY_MILLIS = 30;
  private static final List<Role> WORKERS = List.of(Role.APPLICATION, Role.SHIPPING);
  private static final List<Role> VICTIMS = List.of(Role.APPLICATION, Role.SHIPPING, Role.BROKER);
  private static final List<Moment> MOMENTS =
      List.of(Moment.PHASE_TWO, Moment.BETWEEN_VOTES, Moment.ANY);

  /**
   * The kills of a run, planned for its first half, since work goes on while somebody is killed and
   * started again. The first meets the application in phase 2, the second shipping between the
   * votes, the third the broker at random, and chance decides on the rest; then they are shuffled.
   * Without Handfast the same seed kills the same processes at the same places, between two steps
   * where there are no votes and no phases.
   */
  static List<Crash> plan(DemoSettings settings) {
    int count = settings.crashes().count();
    Random random = new Random(settings.seed());
    List<Integer> kinds = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int certain = i * MOMENTS.size() + i;
      int any = random.nextInt(VICTIMS.size() * MOMENTS.size());
      kinds.add(i < VICTIMS.size() ? certain : any);
      places.add(random.nextInt(1 + settings.invoices() / 2));
    }
    Collections.shuffle(kinds, random);
    Collections.sort(places);
    List<Crash> crashes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Moment moment = MOMENTS.get(kinds.get(i) % MOMENTS.size());
      Role victim = VICTIMS.get(kinds.get(i) / MOMENTS.size());
      crashes.add(crash(places.get(i), victim, moment, random, settings.handfast()));
    }
    return List.copyOf(crashes);
  }

  private static Crash crash(int at, Role victim, Moment moment, Random random, boolean handfast) {
    Role any = WORKERS.get(random.nextInt(WORKERS.size()));
    Role worker = victim == Role.BROKER ? any : victim;
    Moment met = handfast ? moment : moment.locally(worker);
    return new Crash(at, victim, worker, met, random.nextInt(LONGEST_DELAY_MILLIS));
  }
}
