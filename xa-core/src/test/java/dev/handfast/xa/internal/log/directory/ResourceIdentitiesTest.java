package dev.handfast.xa.internal.log.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.config.NodeName;
import dev.handfast.xa.internal.disk.Disk;
import dev.handfast.xa.internal.log.StoreDirectoryTest;
import dev.handfast.xa.internal.log.Tenure;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.spi.ResourceDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResourceIdentitiesTest {

  private static final ResourceDescription ORDERS =
      new ResourceDescription("orders", "datasource", "jdbc:postgresql://db/orders", "shop");
  private static final ResourceDescription EVENTS =
      new ResourceDescription("events", "jms", "tcp://broker:61616", "");

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("store");
  }

  private static Folder folder(Path path) {
    return new Folder(Disk.machine(), path);
  }

  private ResourceIdentities open() throws IOException {
    if (!Files.exists(file())) {
      var unused = StoreFile.create(folder(directory), new NodeName("test-1"), "abcdef");
    }
    return ResourceIdentities.kept(StoreFile.read(folder(directory)));
  }

  private ResourceIdentities openFormat1(String resources) throws IOException {
    Files.writeString(file(), "handfast-log 1\ntest-1\nabcdef\n");
    Files.writeString(directory.resolve("resources"), resources);
    return ResourceIdentities.kept(StoreFile.read(folder(directory)));
  }

  @Test
  void keepsALineForEachResource() throws IOException {
    ResourceIdentities identities = open();
    identities.record(ORDERS, "734 16384");
    identities.record(EVENTS, "9f-1");

    assertThat(Files.readAllLines(file()))
        .contains(
            "resource events\tjms\ttcp://broker:61616\t\t9f-1",
            "resource orders\tdatasource\tjdbc:postgresql://db/orders\tshop\t734 16384");
    assertThat(open().names()).containsExactlyInAnyOrder("orders", "events");
    assertThat(open().recorded("orders")).isEqualTo(new RecordedResource(ORDERS, "734 16384"));
    assertThat(open().recorded("events")).isEqualTo(new RecordedResource(EVENTS, "9f-1"));
  }

  @Test
  void givesBackWhatWouldBreakALine() throws IOException {
    var odd = new ResourceDescription("odd", "test", "a\tb\\tc\nd\re\\", " user \\\\n ");
    open().record(odd, "\t\n");

    assertThat(open().recorded("odd")).isEqualTo(new RecordedResource(odd, "\t\n"));
  }

  @Test
  void readsEarlierFormats() throws IOException {
    ResourceIdentities identities = openFormat1("events 9f-1\norders H2 file of 2026\n");

    assertThat(identities.of("orders")).isEqualTo("H2 file of 2026");
    assertThat(identities.of("events")).isEqualTo("9f-1");
    identities.record(ORDERS, "H2 file of 2026");

    assertThat(open().of("events")).isEqualTo("9f-1");
    assertThat(open().recorded("orders"))
        .isEqualTo(new RecordedResource(ORDERS, "H2 file of 2026"));
  }

  @Test
  void writesWhatHasChangedAndNothingElse() throws IOException {
    open().record(ORDERS, "1");
    Object before = key();

    open().record(ORDERS, "1");
    assertThat(key()).isEqualTo(before);

    var moved = new ResourceDescription("orders", "datasource", "jdbc:postgresql://new/", "shop");
    open().record(moved, "1");
    assertThat(key()).isNotEqualTo(before);
    assertThat(open().recorded("orders")).isEqualTo(new RecordedResource(moved, "1"));
  }

  private Object key() throws IOException {
    return Files.readAttributes(file(), BasicFileAttributes.class).lastModifiedTime()
        + " "
        + Files.getAttribute(file(), "unix:ino");
  }

  @Test
  void aLookWritesNothing() throws IOException {
    var unused = open();
    byte[] before = Files.readAllBytes(file());
    ResourceIdentities looked = ResourceIdentities.looked(StoreFile.read(folder(directory)));
    looked.record(ORDERS, "1");

    assertThat(looked.of("orders")).isEqualTo("1");
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
  }

  @Test
  void aFailureKeepsWhatWasRecorded() throws IOException {
    ResourceIdentities identities = open();
    identities.record(ORDERS, "1");
    Files.createFile(Files.createDirectory(directory.resolve("store.new")).resolve("file"));

    assertThatThrownBy(() -> identities.record(ORDERS, "2"))
        .isInstanceOf(LogStoreException.class)
        .hasMessageContainingAll(
            directory.toString(), "resource 'orders' could not be recorded", "To solve this");
    assertThat(identities.of("orders")).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "orders",
        " 7",
        "# handfast-resources 2\norders\tdatasource\turl\tuser",
        "# handfast-resources 2\norders\tdatasource\turl\tuser\tid\tmore",
        "# handfast-resources 2\n\tdatasource\turl\tuser\tid"
      })
  void refusesWhatIsNoList(String text) throws IOException {
    assertThatThrownBy(() -> openFormat1(text + "\n"))
        .isInstanceOf(LogStoreException.class)
        .hasMessageContaining("resources is damaged")
        .hasMessageContaining("To solve this, restore it");
  }

  /** No release leaves one without a line: it was cut off, and who was known with it. */
  @Test
  void refusesAnEmptyList() {
    assertThatThrownBy(() -> openFormat1(""))
        .isInstanceOf(LogStoreException.class)
        .hasMessageContaining("resources is damaged");
  }

  /** A check that hung in its resource manager may come to its end after the log was closed. */
  @Test
  void writesNothingIntoADirectoryThatIsNotHeldAnyMore() throws IOException {
    Path store = directory.resolve("log");
    ResourceIdentities late;
    try (Tenure log = StoreDirectoryTest.open(store)) {
      late = log.resources();
      late.record(ORDERS, "734");
    }
    try (Tenure log = StoreDirectoryTest.open(store)) {
      log.resources().record(ORDERS, "735");

      assertThatThrownBy(() -> late.record(EVENTS, "9f-1"))
          .isInstanceOf(LogStoreException.class)
          .hasMessageContaining("closed");
    }
    assertThat(ResourceIdentities.looked(StoreFile.read(folder(store))).of("orders"))
        .isEqualTo("735");
    assertThat(late.of("orders")).as("is still told").isEqualTo("734");
  }
}
