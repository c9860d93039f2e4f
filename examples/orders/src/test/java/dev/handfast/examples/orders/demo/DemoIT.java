package dev.handfast.examples.orders.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.examples.orders.input.OrderFile;
import dev.handfast.examples.orders.input.Samples;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole demo with real processes and real kills. */
final class DemoIT {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  @Test
  void nothingIsLostAndNothingDoubled() throws Exception {
    Path kept = directory.resolve("kept");

    int code = run("--crashes", 3, "--seed", 7, "--keep", kept);

    assertThat(err.toString()).isEmpty();
    assertThat(lines())
        .endsWith(
            "demo: invoices 512, rows 512, events 512, shipments 512, notifications 512,"
                + " in doubt 0, crashes 3, audit OK")
        .anyMatch(line -> line.matches(" +[123] +[0-9]+  application  in phase 2 .*"))
        .anyMatch(line -> line.matches(" +[123] +[0-9]+  shipping     between the votes .*"))
        .anyMatch(line -> line.matches(" +[123] +[0-9]+  broker       at random .*"));
    assertThat(code).isZero();
    assertThat(kept)
        .isDirectoryContaining("glob:**/tx-log")
        .isDirectoryContaining("glob:**/shipping-tx-log")
        .isDirectoryContaining("glob:**/db");
  }

  @Test
  void withoutHandfastSomethingIsLostAndSomethingDoubled() throws Exception {
    Path orders = directory.resolve("orders.csv");
    Samples.writeEvery(2, orders);

    int code = run("--file", orders, "--crashes", 2, "--seed", 6, "--without-handfast");

    assertThat(err.toString()).isEmpty();
    List<String> lines = lines();
    assertThat(lines)
        .anyMatch(
            line ->
                line.matches("invoices without event: [1-9].* \\(.*\\), events without invoice: 0"))
        .anyMatch(line -> line.matches("events shipped more than once: [1-9].* \\(.*\\)"));
    assertThat(lines.get(lines.size() - 1))
        .matches("demo: invoices .*, in doubt 0, crashes 2, audit FAILED");
    assertThat(code).isEqualTo(1);
  }

  @Test
  void badLinesAreListedAndTheRestIsBooked() throws Exception {
    Path orders = directory.resolve("orders.csv");
    OrderFile file = Samples.writeEvery(50, orders);
    Files.writeString(orders, "nonsense\n", StandardOpenOption.APPEND);

    int code = run("--file", orders, "--crashes", 0, "--skip-bad-lines");

    int count = file.invoices().size();
    assertThat(lines())
        .contains("skipped 1 bad lines:")
        .anyMatch(line -> line.contains("'nonsense' is not a line of 8 columns"))
        .endsWith(
            ("demo: invoices %1$d, rows %1$d, events %1$d, shipments %1$d, notifications %1$d,"
                    + " in doubt 0, crashes 0, audit OK")
                .formatted(count));
    assertThat(code).isZero();
  }

  private List<String> lines() {
    return out.toString().lines().toList();
  }

  private int run(Object... arguments) {
    CommandLine command = Demo.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = String.valueOf(arguments[i]);
    }
    return command.execute(texts);
  }
}
