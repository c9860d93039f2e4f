package dev.handfast.xa.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.config.LogStoreSettings;
import dev.handfast.xa.config.NodeName;
import dev.handfast.xa.internal.log.directory.StoreIdentity;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.scripted.Warnings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public final class StoreDirectoryTest {

  private static final NodeName NODE = new NodeName("test-1");

  @RegisterExtension final Warnings warnings = new Warnings();
  @TempDir Path parent;

  private Path directory() {
    return parent.resolve("data/tx-log");
  }

  private static LogStoreSettings settings(Path path) {
    return new LogStoreSettings.File(path, Duration.ZERO, true);
  }

  public static Tenure open(Path path) {
    return Tenure.open(settings(path), NODE, Platform.system());
  }

  private static LogStoreException refusal(Path path) {
    return catchThrowableOfType(LogStoreException.class, () -> open(path).close());
  }

  private static void assertSays(LogStoreException refusal, Object... parts) {
    assertThat(refusal)
        .hasMessageContaining("handfast.log-store.directory = ")
        .hasMessageContaining("To solve this");
    for (Object part : parts) {
      assertThat(refusal).hasMessageContaining(part.toString());
    }
  }

  @Test
  void isMadeForItsOwnerAlone() throws IOException {
    try (Tenure store = open(directory())) {
      assertThat(store.location()).isEqualTo(directory().toString());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void remembersWhoItIs() {
    Set<Integer> starts = new HashSet<>();
    String storeId = null;
    for (int i = 0; i < 5; i++) {
      try (Tenure log = Tenure.open(settings(directory()), NODE, Platform.system())) {
        StoreIdentity identity = log.identity();
        assertThat(identity.storeId()).matches("[a-z2-7]{6}");
        assertThat(storeId == null ? identity.storeId() : storeId).isEqualTo(identity.storeId());
        storeId = identity.storeId();
        assertThat(identity.startId()).isPositive();
        assertThat(starts.add(identity.startId())).as("a new one").isTrue();
        assertThat(identity.starts()).containsExactlyInAnyOrderElementsOf(starts);
        assertThat(identity.xidSuffix()).isEqualTo("test-1~" + storeId);
      }
    }
  }

  @Test
  void recordsAStartBeforeItIsUsed() throws IOException {
    try (Tenure log = Tenure.open(settings(directory()), NODE, Platform.system())) {
      assertThat(Files.readAllLines(directory().resolve("store")))
          .contains("start " + HexFormat.of().toHexDigits(log.identity().startId()));
    }
  }

  @Test
  void belongsToOneNode() {
    open(directory()).close();

    assertThatExceptionOfType(LogStoreException.class)
        .isThrownBy(
            () ->
                Tenure.open(settings(directory()), new NodeName("test-2"), Platform.system())
                    .close())
        .withMessageContaining("'test-1'")
        .withMessageContaining("'test-2'")
        .withMessageContaining(directory().toString())
        .withMessageContaining("To solve this");
    open(directory()).close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "handfast-log 2\ntest-1\n", "handfast-log 1\ntest-1\n"})
  void refusesAnIdentityThatItCannotRead(String content) throws IOException {
    open(directory()).close();
    Files.writeString(directory().resolve("store"), content);
    Files.delete(directory().resolve("store.twin"));

    assertThat(refusal(directory()))
        .hasMessageContaining(directory().resolve("store").toString())
        .hasMessageContaining("damaged")
        .hasMessageContaining("To solve this");
  }

  @Test
  void refusesANewerFormat() throws IOException {
    open(directory()).close();
    Files.writeString(directory().resolve("store"), "handfast-log 3\nwhatever\n");
    Files.delete(directory().resolve("store.twin"));

    assertThat(refusal(directory()))
        .hasMessageContaining("has the format 'handfast-log 3'")
        .hasMessageContaining("use the release that wrote it");
  }

  @Test
  void makesNoNewIdentityForADirectoryThatLostItsOwn() throws IOException {
    open(directory()).close();
    Files.delete(directory().resolve("store"));
    Files.delete(directory().resolve("store.twin"));

    assertThat(refusal(directory()))
        .hasMessageContaining(directory().resolve("store").toString())
        .hasMessageContaining("missing");
  }

  /** F72: whatever the umask is. */
  @Test
  void itsFilesAreItsOwnersAlone() throws IOException {
    try (Tenure log = open(directory());
        Stream<Path> files = Files.list(directory())) {
      assertThat(log.location()).isNotEmpty();
      for (Path file : files.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as("%s", file)
            .isEqualTo("rw-------");
      }
    }
  }

  /** F72: a link would be followed, a pipe would hang. */
  @ParameterizedTest
  @ValueSource(strings = {"store", "slots", "lock"})
  void refusesALinkInPlaceOfAFile(String name) throws IOException {
    open(directory()).close();
    Path target = parent.resolve("target");
    Files.move(directory().resolve(name), target);
    byte[] before = Files.readAllBytes(target);
    Files.createSymbolicLink(directory().resolve(name), target);

    assertThat(refusal(directory()))
        .hasMessageContaining(directory().resolve(name).toString())
        .hasMessageContaining("a symbolic link");
    assertThat(Files.readAllBytes(target)).isEqualTo(before);
  }

  /** Below a regular file nobody can make anything, not even root. */
  @Test
  void refusesAPathBelowAFile() throws IOException {
    Path below = Files.createFile(parent.resolve("file")).resolve("tx-log");

    assertSays(refusal(below), below, "cannot be created");
  }

  @Test
  void refusesAFile() throws IOException {
    Path file = Files.createFile(parent.resolve("file"));

    assertSays(refusal(file), file, "it is a file");
  }

  /** A directory in which nobody can make a file, not even root. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void refusesAReadOnlyDirectory() {
    assertSays(refusal(Path.of("/proc/self")), "/proc/self", "cannot be used");
    assertSays(refusal(Path.of("/proc/handfast")), "/proc/handfast", "cannot be created");
  }

  @Test
  void refusesABrokenLink() throws IOException {
    Path link = Files.createSymbolicLink(parent.resolve("link"), parent.resolve("nowhere"));

    assertSays(refusal(link), link, "cannot be");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void refusesADirectoryThatEverybodyMayWriteUnlessItIsAllowed() throws IOException {
    open(directory()).close();
    Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("rwxrwxrwx"));
    var allowed = new LogStoreSettings.File(directory(), Duration.ZERO, true, true);

    Object[] told = {
      directory(), "may be written by everybody", "handfast.log-store.allow-open-directory=true"
    };
    assertSays(
        catchThrowableOfType(LogStoreException.class, () -> open(directory()).close()), told);
    assertSays(
        catchThrowableOfType(
            LogStoreException.class,
            () ->
                Tenure.look(
                        new LogStoreSettings.File(directory(), Duration.ZERO, true),
                        NODE,
                        Platform.system())
                    .close()),
        told);
    Tenure.open(allowed, NODE, Platform.system()).close();
    Tenure.look(allowed, NODE, Platform.system()).close();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void warnsOnceOfADirectoryThatItsGroupMayWrite() throws IOException {
    open(directory()).close();
    Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("rwxrwx---"));

    open(directory()).close();

    assertThat(warnings.warnings())
        .singleElement()
        .asString()
        .contains("HANDFAST001075", directory().toString(), "may be written by its group");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void refusesARamDiskUnlessItIsAllowed() throws IOException {
    Path ram = Files.createTempDirectory(Path.of("/dev/shm"), "handfast");
    try {
      LogStoreSettings strict = new LogStoreSettings.File(ram, Duration.ZERO, false);

      assertSays(
          catchThrowableOfType(
              LogStoreException.class, () -> Tenure.open(strict, NODE, Platform.system()).close()),
          ram,
          "RAM disk (tmpfs)",
          "handfast.log-store.allow-ram-disk=true");
      assertThat(ram).as("nothing is left in it").isEmptyDirectory();
      open(ram).close();
    } finally {
      try (Stream<Path> files = Files.list(ram)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(ram);
    }
  }

  @Test
  void isHeldByOneRuntimeOfAJvm() {
    try (Tenure first = open(directory())) {
      assertThat(Path.of(first.location())).exists();

      assertSays(
          refusal(directory()),
          directory(),
          "another runtime of this process (pid " + ProcessHandle.current().pid() + ")");
    }
    open(directory()).close();
  }

  @Test
  void isHeldUnderItsOtherNamesToo() throws IOException {
    open(directory()).close();
    Path link = Files.createSymbolicLink(parent.resolve("link"), directory());
    try (Tenure first = open(directory())) {
      assertThat(Path.of(first.location())).exists();
      assertSays(refusal(link), link, "another runtime of this process");
    }
  }

  @Test
  void isNotHeldByAStartThatFailed() throws IOException {
    open(directory()).close();
    byte[] store = Files.readAllBytes(directory().resolve("store"));
    Files.delete(directory().resolve("store.twin"));
    Files.writeString(directory().resolve("store"), "no store\n");
    assertThat(refusal(directory())).isNotNull();

    Files.write(directory().resolve("store"), store);
    open(directory()).close();
  }

  @Test
  void isHeldByOneProcess() throws IOException {
    try (LockHolderJvm other = new LockHolderJvm(directory())) {
      assertThat(other.tell("take")).isEqualTo("ok");
      LogStoreSettings patient =
          new LogStoreSettings.File(directory(), Duration.ofMillis(120), true);
      long begin = System.nanoTime();

      LogStoreException refusal =
          catchThrowableOfType(
              LogStoreException.class, () -> Tenure.open(patient, NODE, Platform.system()).close());

      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(119));
      assertSays(refusal, directory(), "pid " + other.pid(), ", started 20", "120 ms", "lock-wait");
      assertThat(other.tell("give")).isEqualTo("ok");
      open(directory()).close();
    }
  }

  /** F60: people delete what they take for a stale lock. */
  @Test
  void isHeldThoughItsLockWasDeleted() throws IOException {
    try (LockHolderJvm other = new LockHolderJvm(directory())) {
      assertThat(other.tell("take")).isEqualTo("ok");
      Files.delete(directory().resolve("lock"));

      assertThat(refusal(directory()))
          .hasMessageContaining(directory().resolve("slots").toString())
          .hasMessageContaining("in use by another runtime")
          .hasMessageContaining("To solve this");
    }
  }

  /** F60: as {@code cp -al} makes it. */
  @Test
  void isHeldInACopyMadeOfLinks() throws IOException {
    try (LockHolderJvm other = new LockHolderJvm(directory())) {
      assertThat(other.tell("take")).isEqualTo("ok");
      Path copy = Files.createDirectory(parent.resolve("copy"));
      for (String name : List.of("store", "store.twin", "slots")) {
        Files.createLink(copy.resolve(name), directory().resolve(name));
      }

      assertThat(refusal(copy)).hasMessageContaining("in use by another runtime");
    }
  }

  @Test
  void waitsForTheOtherProcess() throws Exception {
    try (LockHolderJvm other = new LockHolderJvm(directory())) {
      assertThat(other.tell("take")).isEqualTo("ok");
      LogStoreSettings patient =
          new LogStoreSettings.File(directory(), Duration.ofMinutes(1), true);
      Thread waiting = new Thread(() -> Tenure.open(patient, NODE, Platform.system()).close());
      waiting.start();
      await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

      assertThat(other.tell("give")).isEqualTo("ok");

      waiting.join();
      assertThat(directory().resolve("owner")).as("given back in order").doesNotExist();
      assertThat(Files.readAllLines(directory().resolve("store")))
          .filteredOn(line -> line.startsWith("start "))
          .hasSize(2);
    }
  }

  @Test
  void staysHeldWhateverElseThisProcessDoes() throws IOException {
    try (LockHolderJvm other = new LockHolderJvm(directory());
        Tenure ours = Tenure.open(settings(directory()), NODE, Platform.system())) {
      assertThat(other.tell("take")).contains("pid " + ProcessHandle.current().pid());

      for (String name : List.of("owner", "store", "store.twin")) {
        assertThat(Files.readString(directory().resolve(name))).isNotEmpty();
      }
      assertThat(ours.identity().starts()).hasSize(1);
      assertThat(refusal(directory())).as("a second start in this JVM").isNotNull();

      assertThat(other.tell("take")).contains("is held by another process");
    }
  }
}
