package dev.handfast.xa.internal.log.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.handfast.xa.config.LogStoreSettings;
import dev.handfast.xa.config.NodeName;
import dev.handfast.xa.internal.disk.Disk;
import dev.handfast.xa.internal.log.Tenure;
import dev.handfast.xa.internal.log.directory.Folder;
import dev.handfast.xa.internal.log.record.DamagedRecord;
import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.log.record.LogSamples;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.internal.log.record.RecordCodec;
import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.spi.Gtrid;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way a log can be hurt has an outcome, and it is never a silent one. */
final class SlotDamageTest {

  private static final NodeName NODE = new NodeName("test-1");

  @TempDir Path parent;

  private Path directory() {
    return parent.resolve("log");
  }

  private Tenure open() {
    return Tenure.open(
        new LogStoreSettings.File(directory(), Duration.ZERO, true), NODE, Platform.system());
  }

  /** A store of two starts with one record. */
  private Set<Integer> leaveOneRecord() {
    open().close();
    try (Tenure log = open()) {
      log.write(LogSamples.decision());
      return log.identity().starts();
    }
  }

  @Test
  void oneFlippedBitAnywhereLosesNothing() throws IOException {
    DecisionRecord record = LogSamples.decision();
    SimulatedDisk disk = new SimulatedDisk(4);
    SlotContents empty = SlotScan.read(disk);
    try (SlotRecordStore store = new SlotRecordStore(disk, empty.header(), empty)) {
      store.write(record);
    }
    int slot = SlotScan.read(disk).records().get(record.gtrid()).placement().head();
    byte[] page = disk.page(slot);
    int length = RecordCodec.encode(record).length;
    int damaged = 0;
    for (int bit = 0; bit < SlotPage.SIZE * Byte.SIZE; bit++) {
      page[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      SlotContents contents = SlotScan.read(disk);
      if (contents.records().isEmpty()) {
        damaged++;
        assertThat(contents.damaged().values())
            .extracting(DamagedRecord::gtrid)
            .containsExactly(record.gtrid());
      } else {
        assertThat(contents.records().get(record.gtrid()).decision()).isEqualTo(record);
      }
      assertThat(contents.doubts()).isEmpty();
      page[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
    }
    assertThat(damaged).as("every bit of the data").isEqualTo(length * Byte.SIZE);
  }

  /** The slots of both copies after a record was written and written again. */
  private static Map<Integer, byte[]> twoCopies(SimulatedDisk disk, boolean rewrite)
      throws IOException {
    DecisionRecord record = LogSamples.decision();
    SlotContents empty = SlotScan.read(disk);
    try (SlotRecordStore store = new SlotRecordStore(disk, empty.header(), empty)) {
      store.write(record);
      int older = SlotScan.read(disk).records().get(record.gtrid()).placement().head();
      byte[] page = disk.page(older).clone();
      if (rewrite) {
        store.rewrite(record);
      } else {
        store.write(record.takenBack(record.branches()));
      }
      int newer = SlotScan.read(disk).records().get(record.gtrid()).placement().head();
      Map<Integer, byte[]> copies = new LinkedHashMap<>();
      copies.put(older, page);
      copies.put(newer, disk.page(newer).clone());
      return copies;
    }
  }

  private static void damagedNewer(SimulatedDisk disk, Map<Integer, byte[]> copies) {
    copies.forEach((slot, page) -> System.arraycopy(page, 0, disk.page(slot), 0, SlotPage.SIZE));
    int newer = List.copyOf(copies.keySet()).get(1);
    disk.page(newer)[SlotHeader.SIZE] ^= 1;
  }

  @Test
  void aDamagedCopyThatSaidSomethingNewHidesNoOlderOne() throws IOException {
    SimulatedDisk disk = new SimulatedDisk(4);
    Map<Integer, byte[]> copies = twoCopies(disk, false);
    damagedNewer(disk, copies);

    SlotContents contents = SlotScan.read(disk);

    assertThat(contents.records()).isEmpty();
    assertThat(contents.damaged().keySet())
        .as("the oldest first: it would be believed alone")
        .containsExactlyElementsOf(copies.keySet());
  }

  @Test
  void aDamagedRewriteLeavesTheCopyBefore() throws IOException {
    SimulatedDisk disk = new SimulatedDisk(4);
    damagedNewer(disk, twoCopies(disk, true));

    SlotContents contents = SlotScan.read(disk);

    assertThat(contents.records().keySet()).containsExactly(LogSamples.decision().gtrid());
    assertThat(contents.damaged()).isEmpty();
  }

  @Test
  void aFileThatHasGrownIsSmallAgainAtTheNextStart() throws IOException {
    long before;
    try (Tenure log = open()) {
      before = Files.size(directory().resolve("slots"));
      for (int i = 0; i < 2 * SlotRecordStore.FIRST_SLOTS; i++) {
        String gtrid = String.format(Locale.ROOT, "%072x", i);
        log.write(LogSamples.decision(gtrid, List.of(LogSamples.branch("orders"))));
        log.remove(Gtrid.parse(gtrid));
      }
      log.reserve(2 * SlotRecordStore.FIRST_SLOTS).giveBack();
      assertThat(Files.size(directory().resolve("slots"))).isGreaterThan(before);
    }
    open().close();

    assertThat(Files.size(directory().resolve("slots"))).isEqualTo(before);
  }

  @Test
  void oneFlippedBitOfAFreeSlotIsMended() {
    leaveOneRecord();
    for (int bit : new int[] {0, 40, 300, 1023, 2048 * 8, 2048 * 8 + 300, 9000}) {
      SlotFiles.flip(directory(), 200, bit);
    }
    try (Tenure log = open()) {
      assertThat(log.damage().distrustedStarts()).as("both headers").isNotEmpty();
      log.accept();
    }
    SlotFiles.flip(directory(), 200, 40);
    try (Tenure log = open()) {
      assertThat(log.damage().records()).isEmpty();
      assertThat(log.damage().distrustedStarts()).isEmpty();
      assertThat(log.decisions()).hasSize(1);
    }
  }

  /** The other page of the header is from before the file grew, and counts fewer slots. */
  @Test
  void aFlippedBitOfTheHeaderLosesNothingThatWasWrittenBehindTheOldEnd() throws IOException {
    int written = 300;
    open().close();
    try (Tenure log = open()) {
      for (int i = 0; i < written; i++) {
        String gtrid = String.format(Locale.ROOT, "%072x", i);
        log.write(LogSamples.decision(gtrid, List.of(LogSamples.branch("orders"))));
      }
    }
    for (int header : new int[] {-2, -1}) {
      SlotFiles.flip(directory(), header, 70);
      assertThat(SlotFiles.decisions(directory())).as("header %d", header).hasSize(written);
      assertThat(SlotFiles.contents(directory()).doubts()).isEmpty();
      SlotFiles.flip(directory(), header, 70);
    }
  }

  @Test
  void aSlotThatCannotBeReadCouldHaveBeenAnything() throws IOException {
    Set<Integer> starts = leaveOneRecord();
    int slot =
        SlotFiles.contents(directory()).records().values().iterator().next().placement().head();
    SlotFiles.flip(directory(), slot, 70);
    SlotFiles.flip(directory(), slot, 2048 * 8 + 70);

    try (Tenure log = open()) {
      assertDistrusted(log, starts, "cannot be read");
      assertThat(log.decisions()).isEmpty();
    }
    try (Tenure log = open()) {
      assertDistrusted(log, starts, "cannot be read");
    }
    try (Stream<Path> files = Files.list(directory())) {
      assertThat(files.filter(file -> file.toString().contains("damaged-slot-" + slot)))
          .as("kept as it was")
          .hasSize(1);
    }
  }

  private static void assertDistrusted(Tenure log, Set<Integer> starts, String reason) {
    assertThat(log.damage().distrustedStarts()).isEqualTo(starts);
    assertThat(log.damage().reason()).contains(reason);
    assertThat(starts).noneMatch(log::isTrusted);
    assertThat(log.isTrusted(log.identity().startId())).as("new work goes on").isTrue();
  }

  @Test
  void aFileThatIsMissing() throws IOException {
    Set<Integer> starts = leaveOneRecord();
    Files.delete(directory().resolve("slots"));

    try (Tenure log = open()) {
      assertDistrusted(log, starts, "missing");
      log.accept();
      assertThat(starts).allMatch(log::isTrusted);
    }
    try (Tenure log = open()) {
      assertThat(log.damage().distrustedStarts()).as("accepted").isEmpty();
    }
  }

  /** The start that finds out cannot write it down: the next one has to know it all the same. */
  @Test
  void aFileThatIsMissingWhereTheDoubtCannotBeWritten() throws IOException {
    Set<Integer> starts = leaveOneRecord();
    Files.delete(directory().resolve("slots"));
    Path obstacle = Files.createDirectory(directory().resolve("store.new"));
    Path inside = Files.createFile(obstacle.resolve("file"));
    assertThatExceptionOfType(LogStoreException.class).isThrownBy(this::open);
    Files.delete(inside);
    Files.delete(obstacle);

    try (Tenure log = open()) {
      assertDistrusted(log, starts, "missing");
    }
  }

  @Test
  void aFileThatIsCutOff() throws IOException {
    Set<Integer> starts = leaveOneRecord();
    try (RandomAccessFile file =
        new RandomAccessFile(directory().resolve("slots").toFile(), "rw")) {
      file.setLength(100_000);
    }

    try (Tenure log = open()) {
      assertDistrusted(log, starts, "the file ends after");
      assertThat(log.decisions()).as("what is there").hasSize(1);
    }
    assertThat(Files.size(directory().resolve("slots"))).isEqualTo((256 + 2) * 4096L);
  }

  @Test
  void anEmptyFile() throws IOException {
    Set<Integer> starts = leaveOneRecord();
    Files.write(directory().resolve("slots"), new byte[0]);

    try (Tenure log = open()) {
      assertDistrusted(log, starts, "the header cannot be read");
      log.write(LogSamples.decision());
    }
    assertThat(SlotFiles.decisions(directory())).hasSize(1);
  }

  @Test
  void aCopyOfTheSameStart() throws IOException {
    Set<Integer> starts = leaveOneRecord();
    restore(copy());

    try (Tenure log = open()) {
      assertDistrusted(log, starts, "copy or was restored");
      assertThat(log.decisions()).as("what it says is believed").hasSize(1);
    }
    try (Tenure log = open()) {
      assertDistrusted(log, starts, "copy or was restored");
    }
  }

  /** F64: what a look has accepted is not doubted again. */
  @Test
  void aCopyThatIsAcceptedWhereItIsLookedAt() throws IOException {
    Set<Integer> starts = leaveOneRecord();
    restore(copy());
    try (Tenure looked =
        Tenure.look(
            new LogStoreSettings.File(directory(), Duration.ZERO, true), NODE, Platform.system())) {
      assertThat(looked.damage().distrustedStarts()).isEqualTo(starts);
      looked.accept();
    }

    try (Tenure log = open()) {
      assertThat(log.damage().distrustedStarts()).isEmpty();
      assertThat(log.decisions()).hasSize(1);
    }
  }

  /** F64: unchanged when it fails. */
  @Test
  void anAcceptanceThatCannotBeWritten() throws IOException {
    Set<Integer> starts = leaveOneRecord();
    restore(copy());
    try (Tenure log = open()) {
      Path obstacle = Files.createDirectory(directory().resolve("store.new"));
      Path inside = Files.createFile(obstacle.resolve("file"));

      assertThatExceptionOfType(LogStoreException.class)
          .isThrownBy(log::accept)
          .withMessageContaining("it is not");
      assertDistrusted(log, starts, "copy or was restored");
      Files.delete(inside);
      Files.delete(obstacle);
    }

    try (Tenure log = open()) {
      assertDistrusted(log, starts, "copy or was restored");
    }
  }

  @Test
  void anOlderCopy() throws IOException {
    Set<Integer> starts = leaveOneRecord();
    Path copy = copy();
    try (Tenure log = open()) {
      log.write(LogSamples.decision("ab".repeat(36), List.of()));
    }
    restore(copy);

    try (Tenure log = open()) {
      assertDistrusted(log, starts, "copy or was restored");
    }
  }

  /** F59: what is put back into the very files keeps their inodes, and not what a start made. */
  @Test
  void anOlderContentOfTheSameFiles() throws IOException {
    Set<Integer> starts = leaveOneRecord();
    Map<Path, byte[]> before = contents();
    open().close();
    for (Map.Entry<Path, byte[]> file : before.entrySet()) {
      Files.write(file.getKey(), file.getValue());
    }

    try (Tenure log = open()) {
      assertDistrusted(log, starts, "copy or was restored");
    }
  }

  private Map<Path, byte[]> contents() throws IOException {
    Map<Path, byte[]> all = new HashMap<>();
    try (Stream<Path> files = Files.list(directory())) {
      for (Path file : files.toList()) {
        all.put(file, Files.readAllBytes(file));
      }
    }
    return all;
  }

  @Test
  void anOlderStoreFile() throws IOException {
    Set<Integer> starts = leaveOneRecord();
    Map<Path, byte[]> before = contents();
    open().close();
    for (String name : List.of("store", "store.twin")) {
      Path file = directory().resolve(name);
      Files.write(file, before.get(file));
    }

    try (Tenure log = open()) {
      assertDistrusted(log, starts, "the store is older than the slot file");
    }
  }

  /** F58. */
  @Test
  void anOlderSlotFileThatWasMovedAway() throws IOException {
    Set<Integer> starts = new HashSet<>(leaveOneRecord());
    Path slots = directory().resolve("slots");
    Path away = Files.createLink(parent.resolve("away"), slots);
    try (Tenure log = open()) {
      starts.add(log.identity().startId());
    }
    Files.move(away, slots, StandardCopyOption.REPLACE_EXISTING);

    try (Tenure log = open()) {
      assertDistrusted(log, starts, "older than the store");
      assertDisbelieved(log);
      log.accept();
    }
    for (int start = 0; start < 2; start++) {
      try (Tenure log = open()) {
        assertThat(log.damage().distrustedStarts()).isEmpty();
        assertDisbelieved(log);
      }
    }
    try (Tenure log = open()) {
      assertThat(log.release(LogSamples.decision().gtrid())).isTrue();
    }
    try (Tenure log = open()) {
      assertThat(log.damage().records()).isEmpty();
    }
  }

  @Test
  void anOlderSlotFileThatHasLostItsHeaderToo() throws IOException {
    leaveOneRecord();
    Path slots = directory().resolve("slots");
    Path away = Files.createLink(parent.resolve("away"), slots);
    open().close();
    Files.move(away, slots, StandardCopyOption.REPLACE_EXISTING);
    SlotFiles.flip(directory(), -2, 70);
    SlotFiles.flip(directory(), -1, 70);

    for (int start = 0; start < 2; start++) {
      try (Tenure log = open()) {
        assertThat(log.damage().distrustedStarts()).isNotEmpty();
        assertDisbelieved(log);
      }
    }
  }

  /** What was decided since may be the contrary. */
  private static void assertDisbelieved(Tenure log) {
    assertThat(log.decisions()).isEmpty();
    assertThat(log.damage().records())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.gtrid()).isEqualTo(LogSamples.decision().gtrid());
              assertThat(record.reason()).contains("it stands in the file of an earlier start");
            });
  }

  /** F57. */
  @Test
  void anotherStoresSlotFile() throws IOException {
    leaveOneRecord();
    Path other = parent.resolve("other");
    Tenure.open(new LogStoreSettings.File(other, Duration.ZERO, true), NODE, Platform.system())
        .close();
    Files.move(
        other.resolve("slots"), directory().resolve("slots"), StandardCopyOption.REPLACE_EXISTING);

    assertThatExceptionOfType(LogStoreException.class)
        .isThrownBy(this::open)
        .withMessageContaining("belongs to store '")
        .withMessageContaining("To solve this");
  }

  /** F51, F52: every bit, every byte, every cut of one copy is noticed, and the other one used. */
  @Test
  void aDamagedStoreFileCostsNothing() throws IOException {
    leaveOneRecord();
    Path slots = directory().resolve("slots");
    Files.write(slots, new byte[0]);
    Set<Integer> distrusted;
    try (Tenure log = open()) {
      distrusted = log.damage().distrustedStarts();
    }
    for (String name : List.of("store", "store.twin")) {
      Path file = directory().resolve(name);
      byte[] whole = Files.readAllBytes(file);
      for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
        byte[] flipped = whole.clone();
        flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        assertUsesTheTwin(file, flipped, distrusted);
      }
      for (int length = 0; length < whole.length; length++) {
        assertUsesTheTwin(file, Arrays.copyOf(whole, length), distrusted);
      }
      Files.delete(file);
      assertThat(lookedAt()).isEqualTo(distrusted);
      Files.write(file, whole);
    }
  }

  private void assertUsesTheTwin(Path file, byte[] damaged, Set<Integer> distrusted)
      throws IOException {
    Files.write(file, damaged);
    assertThat(lookedAt()).isEqualTo(distrusted);
  }

  private Set<Integer> lookedAt() {
    try (Tenure log =
        Tenure.look(
            new LogStoreSettings.File(directory(), Duration.ZERO, true), NODE, Platform.system())) {
      return log.damage().distrustedStarts();
    }
  }

  /** F55: the file has grown, and neither header that counts its new slots is there. */
  @Test
  void bothHeadersFromBeforeTheFileGrew() throws IOException {
    int written = 300;
    open().close();
    byte[] headers;
    Path slots = directory().resolve("slots");
    try (Tenure log = open()) {
      headers = Arrays.copyOf(Files.readAllBytes(slots), 2 * SlotPage.SIZE);
      for (int i = 0; i < written; i++) {
        String gtrid = String.format(Locale.ROOT, "%072x", i);
        log.write(LogSamples.decision(gtrid, List.of(LogSamples.branch("orders"))));
      }
    }
    try (RandomAccessFile file = new RandomAccessFile(slots.toFile(), "rw")) {
      file.write(headers);
    }

    assertThat(SlotFiles.decisions(directory())).hasSize(written);
    try (Tenure log = open()) {
      assertThat(log.decisions()).hasSize(written);
      assertThat(log.damage().distrustedStarts()).isEmpty();
    }
  }

  @Test
  void aNewerFormat() throws IOException {
    leaveOneRecord();
    try (SlotFile file = SlotFile.open(new Folder(Disk.machine(), directory()), "slots")) {
      SlotFileHeader header = SlotScan.read(file).header();
      for (int copy = 1; copy <= 2; copy++) {
        file.writeHeader(
            new SlotFileHeader(
                3,
                header.sequence() + copy,
                header.slots(),
                header.starts(),
                header.start(),
                header.store(),
                header.key()));
      }
    }

    assertThatExceptionOfType(LogStoreException.class)
        .isThrownBy(this::open)
        .withMessageContaining("has format 3")
        .withMessageContaining("To solve this");
  }

  private Path copy() throws IOException {
    Path copy = parent.resolve("copy");
    Files.createDirectory(copy);
    try (Stream<Path> files = Files.list(directory())) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  private void restore(Path copy) throws IOException {
    try (Stream<Path> files = Files.list(directory())) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.delete(file);
      }
    }
    Files.delete(directory());
    Files.move(copy, directory());
  }
}
