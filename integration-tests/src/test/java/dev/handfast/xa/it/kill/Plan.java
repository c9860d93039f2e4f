package dev.handfast.xa.it.kill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One blow.
 *
 * @param work how long everything works before it
 * @param victims who is killed, in this order, one right after the other
 * @param returns the same, in the order in which they are started again
 * @param outage how long each is away at least
 * @param again how long after it began to open the application is killed again; one for each time
 * @param duringStart who is killed beside an application that is starting
 * @param lookInside whether the H2 database of a killed application is looked into
 * @param settle whether all is to be resolved before the next blow
 */
record Plan(
    Duration work,
    List<KillVictim> victims,
    List<KillVictim> returns,
    Duration outage,
    List<Duration> again,
    List<KillVictim> duringStart,
    boolean lookInside,
    boolean settle) {

  Plan {
    victims = List.copyOf(victims);
    returns = List.copyOf(returns);
    again = List.copyOf(again);
    duringStart = List.copyOf(duringStart);
  }

  private static final int LONGEST_WORK_MILLIS = 1_500;
  private static final int LONGEST_OUTAGE_MILLIS = 300;
  private static final int LONGEST_START_MILLIS = 900;
  private static final int MOST_IN_A_ROW = 5;

  static Plan random(Random random) {
    List<KillVictim> victims = victims(random);
    List<KillVictim> returns = new ArrayList<>(victims);
    Collections.shuffle(returns, random);
    boolean application = victims.contains(KillVictim.APPLICATION);
    List<Duration> again = new ArrayList<>();
    while (application && again.size() < MOST_IN_A_ROW && random.nextInt(3) == 0) {
      again.add(millis(random, LONGEST_START_MILLIS));
    }
    List<KillVictim> duringStart =
        application && random.nextInt(8) == 0 ? List.of(server(random)) : List.of();
    return new Plan(
        millis(random, LONGEST_WORK_MILLIS),
        victims,
        returns,
        millis(random, LONGEST_OUTAGE_MILLIS),
        again,
        duringStart,
        random.nextBoolean(),
        random.nextInt(3) > 0);
  }

  private static List<KillVictim> victims(Random random) {
    int die = random.nextInt(20);
    if (die < 8) {
      return List.of(KillVictim.APPLICATION);
    } else if (die < 12) {
      return List.of(KillVictim.BROKER);
    } else if (die < 16) {
      return List.of(KillVictim.POSTGRESQL);
    }
    List<KillVictim> several = new ArrayList<>(List.of(KillVictim.values()));
    Collections.shuffle(several, random);
    return die < 19 ? several.subList(0, 2) : several;
  }

  private static KillVictim server(Random random) {
    return random.nextBoolean() ? KillVictim.BROKER : KillVictim.POSTGRESQL;
  }

  private static Duration millis(Random random, int most) {
    return Duration.ofMillis(random.nextInt(most));
  }
}
