package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.handfast.xa.recovery.ActionReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Something else stands where the audit log is to be. */
final class AuditLogTest extends OrderScenario {

  /** What was planted there. */
  enum Planted {
    PIPE("a device, pipe or socket") {
      @Override
      void plant(Path file) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
      }
    },
    LINK("a symbolic link") {
      @Override
      void plant(Path file) throws IOException {
        Files.createSymbolicLink(file, Files.writeString(target(file), "precious"));
      }
    },
    LINK_TO_NOTHING("a symbolic link") {
      @Override
      void plant(Path file) throws IOException {
        Files.createSymbolicLink(file, target(file));
      }
    },
    DIRECTORY("a directory") {
      @Override
      void plant(Path file) throws IOException {
        Files.createDirectory(file);
      }
    };

    private final String kind;

    Planted(String kind) {
      this.kind = kind;
    }

    abstract void plant(Path file) throws Exception;

    static Path target(Path file) {
      return file.resolveSibling("target");
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatIsNoRegularFile(Planted planted) throws Exception {
    Xid xid = quarantined();
    planted.plant(auditFile());
    String before = content(Planted.target(auditFile()));
    clearCalls();

    ActionReport report =
        CompletableFuture.supplyAsync(() -> handfast.recovery().commit(only(xid), WHY))
            .get(20, TimeUnit.SECONDS);

    assertThat(report.isRefused()).isTrue();
    assertThat(report.refusal())
        .startsWith("The audit log cannot be written: ")
        .contains(auditFile() + " is " + planted.kind, "must be a regular file. To solve this, ");
    assertThat(content(Planted.target(auditFile()))).isEqualTo(before);
    assertThat(orders.calls()).doesNotContain("r:commit");
    assertThat(orders.inDoubt()).hasSize(1);
    assertThatCode(this::recover).doesNotThrowAnyException();
  }

  private static String content(Path file) throws IOException {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? Files.readString(file) : "nothing";
  }

  @Test
  void isMadeAnewForItsOwnerAloneWhenItWasMovedAway() throws IOException {
    handfast.recovery().rollback(only(quarantined()), WHY);
    Files.move(auditFile(), auditFile().resolveSibling("audit.old"));

    handfast.recovery().rollback(only(quarantined()), WHY);

    assertThat(audit()).hasSize(2);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(auditFile())))
        .isEqualTo("rw-------");
  }
}
