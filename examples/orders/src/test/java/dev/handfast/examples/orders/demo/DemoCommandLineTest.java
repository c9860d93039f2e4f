package dev.handfast.examples.orders.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What is refused before anything starts. */
final class DemoCommandLineTest {

  private static final String TITLES =
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "--crashes many, 'many' is neither a number from 0 to 100 nor by-hand",
        "--crashes -1, '-1' is neither a number from 0 to 100 nor by-hand",
        "--crashes 101, '101' is neither a number from 0 to 100 nor by-hand",
        "--threads 0, '0' is not a number from 1 to 64",
        "--threads 65, '65' is not a number from 1 to 64",
        "--threads x, Invalid value for option '--threads': 'x' is not an int",
        "--seed x, Invalid value for option '--seed': 'x' is not a long",
        "--colour red, Unknown options: '--colour'",
        "more, Unmatched argument at index 0: 'more'",
        "--file, Missing required parameter for option '--file' (CSV)",
      })
  void wrongOptionsAreRefusedWithTheUsage(String arguments, String problem) {
    assertThat(run(arguments.split(" ", -1))).isEqualTo(2);

    assertThat(err.toString()).contains(problem).contains("Usage: handfast demo");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void helpIsAnAnswer() {
    assertThat(run("--help")).isZero();

    assertThat(out.toString())
        .contains("--file", "--crashes", "--threads", "--seed", "--keep", "--skip-bad-lines")
        .contains("--without-handfast", "by-hand");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aMissingFileIsRefused() {
    Path missing = directory.resolve("none.csv");

    assertThat(run("--file", missing.toString())).isEqualTo(2);

    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "handfast demo: "
                + missing
                + ": there is no such file. To solve this, give --file a file that exists.\n");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aBadLineIsRefusedBeforeAnythingIsBooked() throws IOException {
    Path file =
        file(
            "536365,A,D,6,2010-12-01 08:26:00,2.55,1,France",
            "536366,A,D,six,2010-12-01 08:26:00,2.55,1,France");
    Path keep = directory.resolve("kept");

    assertThat(run("--file", file.toString(), "--keep", keep.toString())).isEqualTo(2);

    assertThat(err.toString())
        .startsWith(
            "handfast demo: " + file + ", line 3, column 4 (Quantity): 'six' is not a whole number")
        .contains("--skip-bad-lines");
    assertThat(out.toString()).isEmpty();
    assertThat(keep).doesNotExist();
  }

  @Test
  void manyBadLinesAreCounted() throws IOException {
    String[] lines = new String[25];
    Arrays.fill(lines, "x");

    assertThat(run("--file", file(lines).toString())).isEqualTo(2);

    assertThat(err.toString())
        .contains("line 21,", "and 5 more bad lines")
        .doesNotContain("line 22,");
  }

  @Test
  void nothingLeftToBookIsRefused() throws IOException {
    assertThat(run("--skip-bad-lines", "--file", file("x").toString())).isEqualTo(2);

    assertThat(err.toString()).contains("no line can be booked");
  }

  @Test
  void aDirectoryWithSomethingInItIsNotWorkedIn() throws IOException {
    Files.writeString(directory.resolve("mine"), "precious");

    assertThat(run("--keep", directory.toString())).isEqualTo(2);

    assertThat(err.toString()).contains("--keep " + directory + ": is not empty");
    assertThat(directory.resolve("mine")).hasContent("precious");
  }

  private Path file(String... lines) throws IOException {
    return Files.writeString(directory.resolve("orders.csv"), TITLES + String.join("\n", lines));
  }

  private int run(String... arguments) {
    CommandLine command = Demo.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
