package dev.handfast.xa.internal.log.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.log.record.LogSamples;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.internal.log.record.LoggedBranch;
import dev.handfast.xa.internal.log.record.UndecidedException;
import dev.handfast.xa.spi.Gtrid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A slot store on a simulated disk, beside what it has acknowledged: after a crash each record is
 * found in a version that it may be in, and nothing else is found.
 */
final class SlotModel {

  private static final int RECORDS = 5;
  private static final int SLOTS = 4;
  private static final List<SimulatedDisk.NextForce> TROUBLES =
      List.of(SimulatedDisk.NextForce.values());

  private final RandomGenerator random;
  private SimulatedDisk disk;
  private final Map<String, Versions> model = new HashMap<>();
  private SlotRecordStore store;
  private SlotFileHeader header;
  private int written;
  private final List<String> history = new ArrayList<>();

  /** The versions that a crash may leave of one record. */
  private static final class Versions {
    private final List<DecisionRecord> possible = new ArrayList<>();
    private boolean maybeAbsent = true;
    private boolean maybeTorn;
    private boolean undecided;

    void add(DecisionRecord record) {
      possible.add(record);
    }

    void absent() {
      possible.clear();
      maybeTorn = false;
    }

    /** As it may be now it may be found again, and as it was before never. */
    void removed() {
      maybeAbsent = true;
    }

    void certain(DecisionRecord record) {
      possible.clear();
      add(record);
      maybeAbsent = false;
      maybeTorn = false;
    }
  }

  SlotModel(RandomGenerator random) throws IOException {
    this.random = random;
    this.disk = new SimulatedDisk(SLOTS);
    open();
  }

  private void open() throws IOException {
    SlotContents contents = SlotScan.read(disk);
    SimulatedDisk next = disk.successor();
    header = header(contents, next);
    if (random.nextInt(4) == 0) {
      losePowerInStart(contents, next);
      contents = SlotScan.read(disk);
      next = disk.successor();
      header = header(contents, next);
    }
    copy(contents, next);
    disk = next;
    store = new SlotRecordStore(disk, header, contents);
    found(contents);
  }

  /** The new file never gets the name of the old one. */
  private void losePowerInStart(SlotContents contents, SimulatedDisk next) {
    history.add("machine lost in the start");
    next.nextForce(SimulatedDisk.NextForce.BREAKS);
    assertThatIOException().isThrownBy(() -> copy(contents, next));
    next.loseWrites(random);
    disk.loseWrites(random);
  }

  private static SlotFileHeader header(SlotContents contents, SimulatedDisk next) {
    int slots = Math.max(SLOTS, contents.slotsNeeded());
    return contents.header().next(slots, "abcdef", 1, 1, next.key());
  }

  private void copy(SlotContents contents, SimulatedDisk next) throws IOException {
    do {
      SlotCopy.write(disk, contents, next, header);
    } while (!next.force());
  }

  private void found(SlotContents contents) {
    assertThat(contents.doubts()).as("after %s", history).isEmpty();
    Map<String, DecisionRecord> records =
        store.decisions().stream().collect(Collectors.toMap(SlotModel::uid, r -> r));
    Set<String> torn =
        contents.damaged().values().stream()
            .map(record -> record.gtrid().hex())
            .collect(Collectors.toSet());
    for (String uid : union(records.keySet(), model.keySet())) {
      Versions versions = model.computeIfAbsent(uid, none -> new Versions());
      DecisionRecord record = records.get(uid);
      if (torn.contains(gtrid(uid))) {
        assertThat(versions.maybeTorn).as("%s is torn after %s", uid, history).isTrue();
        versions.possible.clear();
      } else if (record == null) {
        assertThat(versions.maybeAbsent).as("%s is gone after %s", uid, history).isTrue();
        versions.absent();
      } else {
        assertThat(versions.possible).as("%s after %s", uid, history).contains(record);
        versions.absent();
        versions.certain(record);
      }
      versions.undecided = false;
    }
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> all = new LinkedHashSet<>(one);
    all.addAll(other);
    return all;
  }

  /** One step, chosen at random. */
  void step() throws IOException {
    String uid = "r" + random.nextInt(RECORDS);
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> write(uid);
      case 4, 5 -> rewrite(uid);
      case 6, 7 -> remove(uid);
      case 8 -> reserve();
      case 9 -> crash(false);
      case 10 -> crash(true);
      default -> trouble(TROUBLES.get(random.nextInt(TROUBLES.size())));
    }
  }

  private void trouble(SimulatedDisk.NextForce outcome) {
    history.add("next force " + outcome);
    disk.nextForce(outcome);
  }

  private Versions versions(String uid) {
    return model.computeIfAbsent(uid, none -> new Versions());
  }

  private void write(String uid) {
    Versions versions = versions(uid);
    if (versions.undecided || versions.maybeTorn) {
      return;
    }
    DecisionRecord record = record(uid);
    try {
      store.write(record);
      history.add("write " + uid);
      versions.certain(record);
    } catch (UndecidedException e) {
      history.add("undecided " + uid);
      versions.add(record);
      versions.maybeTorn = true;
      versions.undecided = true;
    } catch (LogStoreException e) {
      history.add("failed " + uid);
      assertThat(e).hasMessageContaining("simulated");
    }
  }

  private void rewrite(String uid) {
    Versions versions = versions(uid);
    if (versions.undecided || store.decisions().stream().noneMatch(r -> uid(r).equals(uid))) {
      return;
    }
    DecisionRecord record = record(uid);
    try {
      store.rewrite(record);
      history.add("rewrite " + uid);
      versions.add(record);
    } catch (LogStoreException e) {
      versions.add(record);
    }
  }

  /** What was removed may be found again, until it is found gone. */
  private void remove(String uid) {
    Versions versions = versions(uid);
    if (versions.undecided) {
      return;
    }
    try {
      store.remove(Gtrid.parse(gtrid(uid)));
      history.add("remove " + uid);
      versions.removed();
    } catch (LogStoreException e) {
      versions.removed();
    }
  }

  private void reserve() {
    int slots = 1 + random.nextInt(6);
    history.add("reserve " + slots);
    try {
      store.reserve(slots);
      store.unreserve(slots);
    } catch (LogStoreException e) {
      assertThat(e).hasMessageContaining("simulated");
    }
  }

  void crash(boolean ofTheMachine) throws IOException {
    history.add(ofTheMachine ? "machine lost" : "killed");
    if (ofTheMachine) {
      disk.loseWrites(random);
    } else {
      disk.kill(random);
    }
    open();
  }

  private DecisionRecord record(String uid) {
    int branches = 1 + random.nextInt(random.nextInt(4) == 0 ? 60 : 4);
    String bqual = HexFormat.of().toHexDigits(written++);
    List<LoggedBranch> all =
        IntStream.range(0, branches)
            .mapToObj(i -> new LoggedBranch("resource-" + i, bqual + "ab".repeat(30)))
            .toList();
    return LogSamples.decision(gtrid(uid), all);
  }

  private static String uid(DecisionRecord decision) {
    int last = HexFormat.fromHexDigits(decision.gtrid().hex(), 70, 72);
    return "r" + (char) last;
  }

  private static String gtrid(String uid) {
    return "0f".repeat(35) + HexFormat.of().toHexDigits((byte) uid.charAt(1));
  }
}
