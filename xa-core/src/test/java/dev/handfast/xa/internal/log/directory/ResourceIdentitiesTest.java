package dev.handfast.xa.internal.log.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    return directory.resolve("resources");
  }

  private ResourceIdentities open() {
    return ResourceIdentities.open(directory);
  }

  @Test
  void keepsALineForEachResource() throws IOException {
    ResourceIdentities identities = open();
    identities.record(ORDERS, "734 16384");
    identities.record(EVENTS, "9f-1");

    assertThat(file())
        .hasContent(
            """
            # handfast-resources 2
            events\tjms\ttcp://broker:61616\t\t9f-1
            orders\tdatasource\tjdbc:postgresql://db/orders\tshop\t734 16384
            """);
    assertThat(open().names()).containsExactlyInAnyOrder("orders", "events");
    assertThat(open().recorded("orders")).isEqualTo(new RecordedResource(ORDERS, "734 16384"));
    assertThat(open().recorded("events")).isEqualTo(new RecordedResource(EVENTS, "9f-1"));
  }

  @Test
  void givesBackWhatWouldBreakALine() {
    var odd = new ResourceDescription("odd", "test", "a\tb\\tc\nd\re\\", " user \\\\n ");
    open().record(odd, "\t\n");

    assertThat(open().recorded("odd")).isEqualTo(new RecordedResource(odd, "\t\n"));
  }

  @Test
  void readsFormat1AndWritesFormat2() throws IOException {
    Files.writeString(file(), "events 9f-1\norders H2 file of 2026\n");
    ResourceIdentities identities = open();

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
  void aLookWritesNothing() {
    ResourceIdentities looked = ResourceIdentities.look(directory);
    looked.record(ORDERS, "1");

    assertThat(looked.of("orders")).isEqualTo("1");
    assertThat(file()).doesNotExist();
  }

  @Test
  void aFailureKeepsWhatWasRecorded() throws IOException {
    ResourceIdentities identities = open();
    identities.record(ORDERS, "1");
    Files.createDirectory(directory.resolve("resources.new"));

    assertThatThrownBy(() -> identities.record(ORDERS, "2"))
        .isInstanceOf(LogStoreException.class)
        .hasMessageContaining("resources could not be written");
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
    Files.writeString(file(), text + "\n");

    assertThatThrownBy(this::open)
        .isInstanceOf(LogStoreException.class)
        .hasMessageContaining("resources cannot be read. To solve this, restore it");
  }

  /** No release leaves one without a line: it was cut off, and who was known with it. */
  @Test
  void refusesAnEmptyList() throws IOException {
    Files.createFile(file());

    assertThatThrownBy(this::open)
        .isInstanceOf(LogStoreException.class)
        .hasMessageContaining("resources cannot be read. To solve this, restore it");
  }

  @Test
  void refusesANewerFormat() throws IOException {
    Files.writeString(file(), "# handfast-resources 3\nwhatever\n");

    assertThatThrownBy(this::open)
        .isInstanceOf(LogStoreException.class)
        .hasMessageContaining("has format 3, and this release knows format 2");
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
    assertThat(ResourceIdentities.look(store).of("orders")).isEqualTo("735");
    assertThat(late.of("orders")).as("is still told").isEqualTo("734");
  }
}
