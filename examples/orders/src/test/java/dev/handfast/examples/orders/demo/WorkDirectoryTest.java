package dev.handfast.examples.orders.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkDirectoryTest {

  @TempDir private Path directory;

  @Test
  void aTemporaryOneIsRemovedWithAllThatIsInIt() throws Exception {
    WorkDirectory work = WorkDirectory.make(null);
    Files.writeString(Files.createDirectories(work.path().resolve("db")).resolve("f"), "x");

    work.close();
    work.close();

    assertThat(work.path()).doesNotExist();
  }

  @Test
  void aNamedOneStays() throws Exception {
    Path named = directory.resolve("a").resolve("b");

    WorkDirectory.make(named).close();

    assertThat(named).isDirectory();
  }

  @Test
  void aFileIsNoDirectory() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "x");

    assertThatThrownBy(() -> WorkDirectory.make(file))
        .isInstanceOf(WrongInputException.class)
        .hasMessageContaining("--keep " + file + ": cannot be used");
  }
}
