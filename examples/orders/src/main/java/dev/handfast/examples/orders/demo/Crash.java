package dev.handfast.examples.orders.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One kill that is to come.
 *
 * @param at how many invoices are to be booked before
 * @param moment what is then waited for
 * @param delayMillis how long the application goes on from there
 */
record Crash(int at, Moment moment, int delayMillis) {

  private static final int LONGEST_DELAY_MILLIS = 30;

  /**
   * The kills of a run. The first meets phase 2 (without Handfast: the send after the commit), the
   * second is random, the third falls between the votes, and chance decides on the rest; then they
   * are shuffled.
   */
  static List<Crash> plan(DemoSettings settings) {
    int count = settings.crashes().count();
    Random random = new Random(settings.seed());
    List<Moment> certain =
        settings.handfast()
            ? List.of(Moment.PHASE_TWO, Moment.ANY, Moment.BETWEEN_VOTES)
            : List.of(Moment.BEFORE_SEND, Moment.ANY);
    List<Moment> moments = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      moments.add(certain.get(i < certain.size() ? i : random.nextInt(certain.size())));
      places.add(random.nextInt(settings.invoices()));
    }
    Collections.shuffle(moments, random);
    Collections.sort(places);
    List<Crash> crashes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      crashes.add(new Crash(places.get(i), moments.get(i), random.nextInt(LONGEST_DELAY_MILLIS)));
    }
    return List.copyOf(crashes);
  }
}
