package dev.handfast.xa.internal.log;

import static dev.handfast.xa.internal.log.LogSamples.branch;
import static dev.handfast.xa.internal.log.LogSamples.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileRecordStoreTest {

  @TempDir Path parent;
  private Path directory;
  private FileRecordStore store;

  @BeforeEach
  void open() {
    directory = parent.resolve("records");
    store = FileRecordStore.open(directory);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private FileRecordStore reopened() {
    store.close();
    store = FileRecordStore.open(directory);
    return store;
  }

  @Test
  void findsAgainWhatWasWritten() throws IOException {
    store.write(record("a"));
    store.write(record("b"));

    assertThat(files()).containsExactly("a.rec", "b.rec");
    assertThat(store.records()).containsExactlyInAnyOrder(record("a"), record("b"));
    assertThat(reopened().records()).containsExactlyInAnyOrder(record("a"), record("b"));
  }

  @Test
  void replaces() {
    store.write(record("a"));
    LogRecord later = record("a", List.of(branch("events")));

    store.write(later);

    assertThat(store.records()).containsExactly(later);
    assertThat(reopened().records()).containsExactly(later);
  }

  @Test
  void removes() throws IOException {
    store.write(record("a"));

    store.remove(record("a").key());
    store.remove(record("a").key());

    assertThat(store.records()).isEmpty();
    assertThat(files()).isEmpty();
    assertThat(reopened().records()).isEmpty();
  }

  @Test
  void removesWhatWasNeverFinished() throws IOException {
    store.write(record("a"));
    Files.write(directory.resolve("b.new"), new byte[] {1, 2, 3});
    Files.write(directory.resolve("notes.txt"), new byte[] {1, 2, 3});

    assertThat(reopened().records()).containsExactly(record("a"));
    assertThat(files()).containsExactly("a.rec", "notes.txt");
  }

  @Test
  void refusesADamagedRecord() throws IOException {
    store.write(record("a"));
    store.write(record("b"));
    byte[] bytes = Files.readAllBytes(directory.resolve("b.rec"));
    Files.write(directory.resolve("b.rec"), java.util.Arrays.copyOf(bytes, bytes.length - 1));

    assertThatExceptionOfType(LogStoreException.class)
        .isThrownBy(this::reopened)
        .withMessageContaining(directory.resolve("b.rec").toString())
        .withMessageContaining("damaged")
        .withMessageContaining("To solve this");
    assertThat(files()).as("nothing is touched").containsExactly("a.rec", "b.rec");
  }

  @Test
  void refusesAnEmptyRecord() throws IOException {
    Files.createFile(directory.resolve("a.rec"));

    assertThatExceptionOfType(LogStoreException.class)
        .isThrownBy(this::reopened)
        .withMessageContaining("a.rec");
  }

  @Test
  void refusesARecordUnderAnotherName() throws IOException {
    store.write(record("a"));
    Files.copy(directory.resolve("a.rec"), directory.resolve("b.rec"));

    assertThatExceptionOfType(LogStoreException.class)
        .isThrownBy(this::reopened)
        .withMessageContaining("b.rec");
  }

  /** A file where the directory was: nobody can write below it, not even root. */
  private void block() throws IOException {
    Files.move(directory, parent.resolve("aside"));
    Files.createFile(directory);
  }

  private void unblock() throws IOException {
    Files.delete(directory);
    Files.move(parent.resolve("aside"), directory);
  }

  @Test
  void withdrawsAFirstRecordThatCouldNotBeWritten() throws IOException {
    // the record is forced and cannot be moved into its place
    Files.createDirectory(directory.resolve("a.rec"));

    assertThatExceptionOfType(LogStoreException.class)
        .isThrownBy(() -> store.write(record("a")))
        .withMessageContaining("a.rec");

    assertThat(files()).doesNotContain("a.rec");
    assertThat(store.records()).isEmpty();
    store.write(record("b"));
    assertThat(reopened().records()).containsExactly(record("b"));
  }

  @Test
  void logsNothingElseWhileAWithdrawnRecordMayComeBack() throws IOException {
    Files.createDirectories(directory.resolve("a.rec/in-the-way"));

    LogStoreException failure =
        catchThrowableOfType(LogStoreException.class, () -> store.write(record("a")));
    assertThat(failure.getSuppressed()).hasSize(1);
    assertThatExceptionOfType(LogStoreException.class)
        .isThrownBy(() -> store.write(record("b")))
        .withMessageContaining("a.rec")
        .withMessageContaining("withdrawn");
    assertThat(files()).doesNotContain("b.rec");

    Files.delete(directory.resolve("a.rec/in-the-way"));
    store.write(record("b"));
    assertThat(store.records()).containsExactly(record("b"));
    assertThat(reopened().records()).containsExactly(record("b"));
  }

  @Test
  void keepsTheOldRecordWhenItCannotBeReplaced() throws IOException {
    store.write(record("a"));
    block();

    assertThatExceptionOfType(LogStoreException.class)
        .isThrownBy(() -> store.write(record("a", List.of())));
    assertThat(store.records()).containsExactly(record("a"));

    unblock();
    assertThat(reopened().records()).containsExactly(record("a"));
  }

  @Test
  void saysThatARecordCouldNotBeRemoved() throws IOException {
    store.write(record("a"));
    Files.delete(directory.resolve("a.rec"));
    Files.createDirectories(directory.resolve("a.rec/in-the-way"));

    assertThatExceptionOfType(LogStoreException.class)
        .isThrownBy(() -> store.remove(record("a").key()))
        .withMessageContaining("a.rec");
  }

  @Test
  void refusesAFileInPlaceOfTheDirectory() throws IOException {
    Path file = Files.createFile(parent.resolve("file"));

    for (Path wrong : List.of(file, file.resolve("below"))) {
      assertThatExceptionOfType(LogStoreException.class)
          .isThrownBy(() -> FileRecordStore.open(wrong))
          .withMessageContaining(wrong.toString());
    }
  }

  @Test
  void writesUndisturbedByAnInterrupt() {
    Thread.currentThread().interrupt();

    store.write(record("a"));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(reopened().records()).containsExactly(record("a"));
  }

  @Test
  void takesNoKeyThatIsNoFileName() {
    for (String uid : List.of("", "../a", "a/b", "a.b", "a b")) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> new RecordKey("type", uid));
    }
  }
}
