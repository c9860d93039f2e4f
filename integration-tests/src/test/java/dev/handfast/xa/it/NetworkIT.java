package dev.handfast.xa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.it.NetworkWorld.Moment;
import dev.handfast.xa.it.NetworkWorld.Told;
import dev.handfast.xa.testkit.network.TcpProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The network is cut in every way and at every moment of a transaction. The application is answered
 * in time, the pools mend themselves, and database and broker agree.
 */
@TestInstance(Lifecycle.PER_CLASS)
class NetworkIT {

  /** A few calls fail one after the other; the rest is for a busy machine. */
  private static final Duration LONGEST_ANSWER =
      NetworkWorld.TIMEOUT.multipliedBy(6).plusSeconds(20);

  /** A way in which a network fails. */
  enum Cut {
    STALL,
    DROP,
    RESET,
    HALF_OPEN;

    void befall(TcpProxy network) {
      switch (this) {
        case STALL -> network.stall();
        case DROP -> network.drop();
        case RESET -> network.reset();
        case HALF_OPEN -> network.halfOpen();
      }
    }
  }

  private NetworkWorld world;
  private int nextId;

  @BeforeAll
  void start(@TempDir Path directory) {
    world = new NetworkWorld(directory);
  }

  @AfterAll
  void nothingIsInDoubtAtTheEnd() {
    try {
      world.awaitResolved();
    } finally {
      world.close();
    }
  }

  static Stream<Arguments> everyCut() {
    return Arrays.stream(Cut.values())
        .flatMap(cut -> Arrays.stream(Moment.values()).map(moment -> Arguments.of(cut, moment)));
  }

  @ParameterizedTest
  @MethodSource("everyCut")
  void theNetworkToTheBrokerIsCut(Cut cut, Moment moment) {
    survives(moment, () -> cut.befall(world.toBroker), world.toBroker::resume);
  }

  @ParameterizedTest
  @MethodSource("everyCut")
  void theNetworkToTheDatabaseIsCut(Cut cut, Moment moment) {
    survives(moment, () -> cut.befall(world.toDatabase), world.toDatabase::resume);
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void theBrokerIsKilledAndStartedAgain(Moment moment) {
    survives(
        moment,
        () -> {
          world.broker.kill();
          world.broker.restart();
        },
        () -> {});
  }

  @ParameterizedTest
  @EnumSource(Cut.class)
  void aMessageThatWasReceivedComesBackOnce(Cut cut) {
    int id = nextId += 10;
    world.clear();
    Told told;
    try {
      told = world.forward(id, () -> cut.befall(world.toBroker));
    } finally {
      world.toBroker.resume();
    }
    world.awaitWork(id + 2);
    world.awaitResolved();

    assertThat(told).isEqualTo(Told.ROLLED_BACK);
    assertThat(world.returned()).containsExactly(Integer.toString(id));
    assertThat(world.rows()).isEqualTo(world.messages(id)).doesNotContain(Integer.toString(id));
  }

  @ParameterizedTest
  @EnumSource(Cut.class)
  void aMessageAloneThatCouldNotBeCommittedIsToldAsRolledBack(Cut cut) {
    int id = nextId += 10;
    world.clear();
    Told told;
    try {
      told = world.sendInTransaction(id, () -> cut.befall(world.toBroker));
    } finally {
      world.toBroker.resume();
    }
    world.awaitWork(id + 2);
    world.awaitResolved();

    assertThat(told).isEqualTo(Told.ROLLED_BACK);
    assertThat(world.messages(id)).doesNotContain(Integer.toString(id));
  }

  @ParameterizedTest
  @EnumSource(Cut.class)
  void aSendOutsideATransactionIsAnsweredInTime(Cut cut) {
    int id = nextId += 10;
    List<String> returned = new ArrayList<>();
    sendAlone(id, returned);
    long begin = System.nanoTime();
    Duration answered;
    try {
      cut.befall(world.toBroker);
      sendAlone(id + 1, returned);
      answered = Duration.ofNanos(System.nanoTime() - begin);
    } finally {
      world.toBroker.resume();
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInSameThread()
        .until(() -> sendAlone(id + 2, returned));

    assertThat(answered).isLessThan(LONGEST_ANSWER);
    assertThat(world.messages(id)).containsAll(returned);
  }

  private boolean sendAlone(int id, List<String> returned) {
    boolean done = world.sendAlone(id);
    if (done) {
      returned.add(Integer.toString(id));
    }
    return done;
  }

  private void survives(Moment moment, Runnable fault, Runnable mend) {
    int id = nextId += 10;
    world.clear();
    long begin = System.nanoTime();
    Told told;
    Duration answered;
    try {
      told = world.book(id, moment, fault);
      answered = Duration.ofNanos(System.nanoTime() - begin);
    } finally {
      mend.run();
    }
    world.awaitWork(id + 2);
    world.awaitResolved();

    assertThat(answered).isLessThan(LONGEST_ANSWER);
    assertThat(told).isEqualTo(moment == Moment.COMMIT ? Told.COMMITTED : Told.ROLLED_BACK);
    assertThat(world.rows()).doesNotHaveDuplicates().isEqualTo(world.messages(id));
    assertThat(world.rows().contains(Integer.toString(id))).isEqualTo(told == Told.COMMITTED);
  }
}
