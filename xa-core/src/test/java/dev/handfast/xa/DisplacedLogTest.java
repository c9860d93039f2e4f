package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.Warnings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The log is taken away from under a running node: what it decides would be lost with it. */
final class DisplacedLogTest {

  @RegisterExtension final Warnings log = new Warnings();
  @TempDir Path directory;

  private final ScriptedRm orders = new ScriptedRm("orders");
  private final ScriptedRm events = new ScriptedRm("events");
  private Handfast handfast;

  /** What is done to the file or its directory. */
  enum Deed {
    DELETED {
      @Override
      void to(Path log) throws IOException {
        Files.delete(log.resolve("slots"));
      }
    },
    REPLACED {
      @Override
      void to(Path log) throws IOException {
        Path copy = Files.copy(log.resolve("slots"), log.resolve("copy"));
        Files.move(copy, log.resolve("slots"), StandardCopyOption.REPLACE_EXISTING);
      }
    },
    MOVED {
      @Override
      void to(Path log) throws IOException {
        Files.move(log, log.resolveSibling("away"));
      }
    };

    abstract void to(Path log) throws IOException;
  }

  @BeforeEach
  void start() {
    handfast = Nodes.start(directory, orders, events);
  }

  @AfterEach
  void close() {
    handfast.close();
  }

  private void workOnBoth() {
    handfast.resource(orders).work();
    handfast.resource(events).work();
  }

  @ParameterizedTest
  @EnumSource
  void isNoticedByTheNextPass(Deed deed) throws IOException {
    handfast.run(this::workOnBoth);
    deed.to(directory.resolve("log"));

    handfast.recovery().recover(Duration.ZERO);

    assertThatThrownBy(() -> handfast.run(this::workOnBoth))
        .hasMessageContaining("has failed")
        .hasMessageContaining("deleted, moved or replaced");
    assertThat(log.warnings()).anyMatch(line -> line.contains("HANDFAST001069"));
    assertThat(orders.committed()).hasSize(1);
    assertThat(orders.open()).isZero();
  }
}
