package dev.handfast.xa.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.handfast.xa.TransactionOutcomeException;
import jakarta.transaction.SystemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds docs/outcomes.md against what each door tells of whatever happens to a transaction. */
final class OutcomesPageTest {

  private static final Path BASE = Path.of(System.getProperty("basedir", "."));
  private static final Path PAGE = BASE.resolve("../docs/outcomes.md");
  private static final Path MADE = BASE.resolve("target/outcomes.md");

  @TempDir Path directory;

  @Test
  void thePageTellsWhatEachDoorTells() throws Exception {
    StringBuilder rows = new StringBuilder("| what happened | door | told | text | caused by |\n");
    rows.append("|---|---|---|---|---|\n");
    for (Happening happening : Happening.values()) {
      rows.append(rows(happening));
    }
    Files.writeString(MADE, rows);

    assertThat(Files.readString(PAGE))
        .as("the table to copy into the page is in " + MADE)
        .endsWith(rows);
  }

  /** One row for the doors that tell the same. */
  private String rows(Happening happening) throws IOException {
    Map<String, List<String>> doors = new LinkedHashMap<>();
    for (Door door : Door.values()) {
      doors.computeIfAbsent(cells(happening, door), cells -> new ArrayList<>()).add(door.shown());
    }
    StringBuilder rows = new StringBuilder();
    doors.forEach(
        (cells, names) ->
            rows.append("| ")
                .append(happening.shown())
                .append(" | ")
                .append(names.size() == Door.values().length ? "every" : String.join(", ", names))
                .append(cells));
    return rows.toString();
  }

  private String cells(Happening happening, Door door) throws IOException {
    Path log = Files.createTempDirectory(directory, "log");
    try (World world = new World(log)) {
      Throwable told = told(world, happening, door);
      assertToldAsByRun(told, world, happening);
      return told == null
          ? " | returns | | |\n"
          : " | `"
              + told.getClass().getSimpleName()
              + "` | "
              + text(told, world, log)
              + " | "
              + causes(told)
              + " |\n";
    }
  }

  private static @Nullable Throwable told(World world, Happening happening, Door door) {
    var context = world.orders.opened().get(0).context();
    return catchThrowable(
        () ->
            door.through(
                world.handfast, context, happening.timeout(), () -> world.body(happening)));
  }

  private static String text(Throwable told, World world, Path log) {
    return String.valueOf(told.getMessage())
        .replace(Objects.requireNonNull(world.gtrid), "GTRID")
        .replace(log.toString(), "LOG")
        .replaceAll("(Happening)[^ ]*\\([^)]*\\)", "$1")
        .replace("|", "\\|");
  }

  private static String causes(Throwable told) {
    StringBuilder chain = new StringBuilder();
    for (Throwable cause = told.getCause(); cause != null; cause = cause.getCause()) {
      chain.append(chain.isEmpty() ? "" : " <- ").append('`');
      chain.append(cause.getClass().getSimpleName()).append('`');
    }
    return chain.toString();
  }

  /** The text is that of run with the gtrid in it, and the thread is free, by every door. */
  private static void assertToldAsByRun(
      @Nullable Throwable told, World world, Happening happening) {
    try {
      assertThat(world.handfast.transactionManager().getTransaction()).isNull();
    } catch (SystemException e) {
      throw new AssertionError(e);
    }
    if (happening == Happening.CLOSED && told instanceof IllegalStateException) {
      assertThat(told).hasMessageContaining("no transaction to commit"); // close took it off
    } else if (told != null && !(told instanceof Happening.BodyException)) {
      TransactionOutcomeException ours = Objects.requireNonNull(ours(told));
      assertThat(ours.gtrid()).isEqualTo(world.gtrid);
      assertThat(told).hasMessage(ours.getMessage()).hasMessageContaining(world.gtrid);
    }
  }

  private static @Nullable TransactionOutcomeException ours(@Nullable Throwable told) {
    if (told instanceof TransactionOutcomeException outcome) {
      return outcome;
    }
    return told != null && told.getCause() instanceof TransactionOutcomeException outcome
        ? outcome
        : null;
  }
}
