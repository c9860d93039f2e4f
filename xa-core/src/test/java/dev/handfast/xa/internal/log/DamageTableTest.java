package dev.handfast.xa.internal.log;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.config.LogStoreSettings;
import dev.handfast.xa.config.NodeName;
import dev.handfast.xa.internal.log.record.DamagedRecord;
import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.log.record.LogSamples;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.internal.log.record.LoggedBranch;
import dev.handfast.xa.scripted.TestPlatform;
import dev.handfast.xa.simulated.MemoryDisk;
import dev.handfast.xa.spi.Gtrid;
import dev.handfast.xa.spi.ResourceDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every way in which a file of the store can be hurt, counted as docs/log-format.md shows it. None
 * of them is silent but those that no file can tell.
 */
final class DamageTableTest {

  private static final Path PAGE = Path.of("..", "docs", "log-format.md");
  private static final Path HOME = Path.of("log").toAbsolutePath();
  private static final Path SLOTS = HOME.resolve("slots");
  private static final List<Path> STORES =
      List.of(HOME.resolve("store"), HOME.resolve("store.twin"));
  private static final NodeName NODE = new NodeName("test-1");
  private static final int SECTOR = 512;
  private static final int PAGE_SIZE = 4096;

  /** What becomes of a damage. */
  private enum Fate {
    /** All of it is read as it was. */
    SAME,
    /** What cannot be believed is named, and left to an operator. */
    TOLD,
    /** The start is refused. */
    REFUSED,
    /** Something else is believed, without a word. */
    SILENT
  }

  /** What a start believes. */
  private record Belief(
      Set<DecisionRecord> decisions, Set<Integer> starts, String owner, Set<String> resources) {

    static Belief of(Tenure log) {
      return new Belief(
          Set.copyOf(log.decisions()),
          log.identity().starts(),
          log.identity().xidSuffix(),
          log.resources().names());
    }
  }

  private final Logger logger = Logger.getLogger("dev.handfast");
  private final Map<String, Map<Fate, Integer>> table = new HashMap<>();
  private final List<byte[]> ofTheStartBefore = new ArrayList<>();
  private final List<byte[]> ofThisStart = new ArrayList<>();
  private MemoryDisk disk = new MemoryDisk();
  private Belief whole;
  private byte[] slots;

  @BeforeEach
  void beQuiet() {
    logger.setLevel(Level.OFF);
  }

  @AfterEach
  void beLoud() {
    logger.setLevel(null);
  }

  private Tenure open() {
    return Tenure.open(settings(), NODE, platform());
  }

  private static LogStoreSettings.File settings() {
    return new LogStoreSettings.File(HOME, Duration.ZERO, true);
  }

  private TestPlatform platform() {
    return new TestPlatform(disk, new SplittableRandom(disk.count("rename")));
  }

  /** Records of one slot and of several, rewritten, turned and removed, over two starts. */
  @BeforeEach
  void leaveAStore() {
    try (Tenure log = open()) {
      log.resources().record(new ResourceDescription("orders", "database", "jdbc:x", "sa"), "1");
      log.write(record(1, true, 2));
      ofTheStartBefore.add(disk.content(SLOTS));
      log.write(record(2, true, 2));
      ofTheStartBefore.add(disk.content(SLOTS));
    }
    Tenure log = open();
    ofThisStart.add(disk.content(SLOTS));
    log.write(record(3, true, 60));
    log.write(record(4, true, 2));
    ofThisStart.add(disk.content(SLOTS));
    log.rewrite(record(3, true, 40));
    log.write(record(1, false, 2));
    log.remove(Gtrid.parse(gtrid(4)));
    log.write(record(5, true, 1));
    slots = disk.content(SLOTS);
    disk = disk.afterKill(new SplittableRandom(1));
    log.close();
    try (Tenure undamaged = look()) {
      whole = Belief.of(undamaged);
      assertThat(undamaged.damage().records()).isEmpty();
    }
    assertThat(whole.decisions()).hasSize(4);
  }

  private static String gtrid(int number) {
    return "0f".repeat(35) + String.format(Locale.ROOT, "%02x", number);
  }

  private static DecisionRecord record(int number, boolean commit, int branches) {
    List<LoggedBranch> all =
        IntStream.range(0, branches)
            .mapToObj(i -> new LoggedBranch("resource-" + i, "ab".repeat(30)))
            .toList();
    DecisionRecord decision = LogSamples.decision(gtrid(number), all);
    return commit ? decision : decision.takenBack(all);
  }

  private Tenure look() {
    return Tenure.look(settings(), NODE, platform());
  }

  @Test
  void noneIsSilentOfMany() {
    everything(16, 31);

    assertSilentIsNothing();
  }

  @Test
  @Tag("campaign")
  void noneIsSilentAndThePageShowsThem() throws IOException {
    everything(1, 1);

    assertSilentIsNothing();
    assertThat(Files.readAllLines(PAGE)).as("%s", String.join("\n", rows())).containsAll(rows());
  }

  private void assertSilentIsNothing() {
    table.forEach(
        (kind, fates) -> {
          if (!kind.contains("(limit)")) {
            assertThat(fates.getOrDefault(Fate.SILENT, 0)).as(kind).isZero();
          }
        });
  }

  private List<String> rows() {
    List<String> rows = new ArrayList<>();
    table.forEach(
        (kind, fates) -> {
          StringBuilder row = new StringBuilder("| ").append(kind).append(" |");
          int all = fates.values().stream().mapToInt(Integer::intValue).sum();
          row.append(String.format(Locale.ROOT, " %,d |", all));
          for (Fate fate : Fate.values()) {
            row.append(String.format(Locale.ROOT, " %,d |", fates.getOrDefault(fate, 0)));
          }
          rows.add(row.toString());
        });
    rows.sort(null);
    return rows;
  }

  /**
   * @param values of how many values of a byte one is tried
   * @param bits of how many bits of the slot file's used pages one is tried
   */
  private void everything(int values, int bits) {
    for (Path store : STORES) {
      hurt(store, values);
    }
    hurtBothStores();
    hurtPages(bits);
    hurtSlots();
    putBack();
  }

  private void hurt(Path store, int values) {
    byte[] before = disk.content(store);
    for (int at = 0; at < before.length; at++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        byte[] bytes = before.clone();
        bytes[at] ^= (byte) (1 << bit);
        replaced("store or twin: one bit", store, bytes, before);
      }
      for (int value = at % values; value < 256; value += values) {
        byte[] bytes = before.clone();
        bytes[at] = (byte) value;
        replaced("store or twin: one byte, every value", store, bytes, before);
      }
      replaced("store or twin: cut", store, Arrays.copyOf(before, at), before);
    }
    replaced("store or twin: zeros", store, new byte[before.length], before);
    replaced("store or twin: another file", store, Arrays.copyOf(slots, PAGE_SIZE), before);
    disk.takeAway(store);
    count("store or twin: deleted");
    disk.putBack(store, before);
  }

  private void replaced(String kind, Path file, byte[] bytes, byte[] before) {
    disk.damage(file, bytes);
    count(kind);
    disk.damage(file, before);
  }

  private void hurtBothStores() {
    byte[] before = disk.content(STORES.get(0));
    for (int at = 0; at < before.length; at++) {
      byte[] bytes = before.clone();
      bytes[at] ^= 1;
      disk.damage(STORES.get(1), bytes);
      replaced("store and twin: one bit in both", STORES.get(0), bytes, before);
      disk.damage(STORES.get(1), before);
    }
    STORES.forEach(disk::takeAway);
    count("store and twin: deleted");
    STORES.forEach(store -> disk.putBack(store, before));
  }

  private void patched(String kind, int offset, byte[] bytes) {
    disk.damage(SLOTS, offset, bytes);
    count(kind);
    disk.damage(SLOTS, offset, Arrays.copyOfRange(slots, offset, offset + bytes.length));
  }

  private void hurtPages(int bits) {
    for (int page : usedPages()) {
      int first = page * PAGE_SIZE * Byte.SIZE;
      for (int bit = first; bit < first + PAGE_SIZE * Byte.SIZE; bit += bits) {
        int at = bit / Byte.SIZE;
        patched("slots: one bit", at, new byte[] {(byte) (slots[at] ^ 1 << bit % Byte.SIZE)});
      }
      for (int other : usedPages()) {
        if (other != page) {
          patched("slots: a page in the place of another", page * PAGE_SIZE, page(slots, other));
        }
      }
    }
  }

  /** The header, whatever was ever written, and one page that was not. */
  private Set<Integer> usedPages() {
    Set<Integer> used = new TreeSet<>(Set.of(0, 1));
    byte[] fresh = ofThisStart.get(0);
    for (int page = 2; page < slots.length / PAGE_SIZE; page++) {
      if (!Arrays.equals(page(slots, page), page(fresh, page))) {
        used.add(page);
      }
    }
    used.add(slots.length / PAGE_SIZE - 1);
    return used;
  }

  private static byte[] page(byte[] file, int number) {
    return Arrays.copyOfRange(file, number * PAGE_SIZE, (number + 1) * PAGE_SIZE);
  }

  private void hurtSlots() {
    for (int at = 0; at < slots.length; at += SECTOR) {
      patched("slots: 512 bytes of zeros", at, new byte[SECTOR]);
      if (at % PAGE_SIZE == 0) {
        patched("slots: 4 KiB of zeros", at, new byte[PAGE_SIZE]);
        replaced("slots: cut at a page", SLOTS, Arrays.copyOf(slots, at), slots);
      }
    }
    for (int page : usedPages()) {
      int end = (page + 1) * PAGE_SIZE;
      for (int at = page * PAGE_SIZE; at < end; at += SECTOR) {
        replaced("slots: cut in a page", SLOTS, Arrays.copyOf(slots, at + SECTOR / 2), slots);
        int next = at + SECTOR < end ? at + SECTOR : page * PAGE_SIZE;
        patched(
            "slots: 512 bytes in the place of others",
            at,
            Arrays.copyOfRange(slots, next, next + SECTOR));
      }
    }
    replaced("slots: the bytes of the store", SLOTS, disk.content(STORES.get(0)), slots);
    replaced("slots: empty", SLOTS, new byte[0], slots);
    disk.takeAway(SLOTS);
    count("slots: deleted");
    disk.putBack(SLOTS, slots);
    count("slots: a copy of itself");
    restore();
  }

  /** The very inode again. */
  private void restore() {
    disk = new MemoryDisk();
    ofTheStartBefore.clear();
    ofThisStart.clear();
    leaveAStore();
  }

  private void putBack() {
    for (byte[] older : ofTheStartBefore) {
      replaced("slots: all of it as in the start before", SLOTS, older, slots);
      parts("of the start before", "", older);
    }
    for (byte[] older : ofThisStart) {
      replaced("slots: all of it as earlier in this start (limit)", SLOTS, older, slots);
      parts("earlier in this start", " (limit)", older);
    }
  }

  private void parts(String when, String limit, byte[] older) {
    for (int at = 0; at < older.length; at += SECTOR) {
      patched("slots: 512 bytes as " + when, at, Arrays.copyOfRange(older, at, at + SECTOR));
    }
    for (int page = 0; page < older.length / PAGE_SIZE; page++) {
      patched("slots: 4 KiB as " + when + limit, page * PAGE_SIZE, page(older, page));
    }
  }

  private void count(String kind) {
    table.computeIfAbsent(kind, none -> new EnumMap<>(Fate.class)).merge(fate(), 1, Integer::sum);
  }

  private Fate fate() {
    try (Tenure log = look()) {
      Belief now = Belief.of(log);
      if (now.equals(whole)) {
        return log.damage().records().isEmpty() && log.damage().distrustedStarts().isEmpty()
            ? Fate.SAME
            : Fate.TOLD;
      }
      return isTold(now, log) ? Fate.TOLD : Fate.SILENT;
    } catch (LogStoreException e) {
      return Fate.REFUSED;
    }
  }

  /** Nothing else is believed than before, and what is not believed any more is named. */
  private boolean isTold(Belief now, Tenure log) {
    Set<Integer> distrusted = log.damage().distrustedStarts();
    Set<String> damaged =
        log.damage().records().stream().map(DamagedRecord::gtrid).map(Gtrid::hex).collect(toSet());
    boolean nothingElse =
        whole.decisions().containsAll(now.decisions())
            && now.owner().equals(whole.owner())
            && now.resources().equals(whole.resources());
    boolean allNamed =
        whole.decisions().stream()
            .filter(decision -> !now.decisions().contains(decision))
            .allMatch(
                decision ->
                    damaged.contains(decision.gtrid().hex())
                        || distrusted.containsAll(whole.starts()));
    return nothingElse
        && allNamed
        && (now.starts().equals(whole.starts()) || !distrusted.isEmpty());
  }
}
